import { OUTCOMES, RATINGS } from '#domain';
import { PUNCTUALITIES, type DecidedChoices } from '#oversight';
import type { InputArgs, SelectArgs, SelectItem } from '../../shell/govuk/args.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { codeInWords } from '../../shell/words/words.ts';
import { CHOSEN } from './decided-query.ts';

type Chosen = (typeof CHOSEN)[number];

export const CHOSEN_LABELS: Readonly<Record<Chosen, string>> = {
  rating: 'Rating',
  outcome: 'Outcome',
  decider: 'Decided by',
  agency: 'Agency',
  operational: 'Hub’s target',
  statutory: 'Statutory limit',
};

export const PUNCTUALITY_WORDS = { late: 'Late', 'in-time': 'In time' } as const;

const ANY: Readonly<Record<Chosen, string>> = {
  rating: 'Any rating',
  outcome: 'Any outcome',
  decider: 'Any person',
  agency: 'Any agency',
  operational: 'Late or in time',
  statutory: 'Late or in time',
};

/** The value of each field of the form, by its name. */
export type Values = Readonly<Partial<Record<string, string>>>;

/** The fields of the form, filled in with what the address says. */
export function presentForm(values: Values, errors: FormErrors, choices: DecidedChoices) {
  const field = (name: string, label: string) => ({
    id: `filter-${name}`,
    name,
    label: { text: label },
    ...(errors[name] === undefined ? {} : { errorMessage: { text: errors[name] } }),
  });
  const select = (name: string, label: string, items: readonly SelectItem[]): SelectArgs => ({
    ...field(name, label),
    items,
    ...(values[name] === undefined ? {} : { value: values[name] }),
  });
  const day = (name: string, label: string): InputArgs => ({
    ...field(name, label),
    type: 'date',
    value: values[name] ?? '',
  });
  return {
    period: select('period', 'Days of', [
      { value: 'decided', text: 'The decision' },
      { value: 'received', text: 'The receipt' },
    ]),
    from: day('from', 'From'),
    to: day('to', 'Before'),
    chosen: CHOSEN.map((name) =>
      select(name, CHOSEN_LABELS[name], [{ value: '', text: ANY[name] }, ...itemsOf(name, choices)]),
    ),
  };
}

function itemsOf(name: Chosen, { agencies, deciders }: DecidedChoices): readonly SelectItem[] {
  const named = (of: DecidedChoices['agencies']) => of.map(({ id, name: text }) => ({ value: id, text }));
  const coded = (codes: readonly string[]) => codes.map((value) => ({ value, text: codeInWords(value) }));
  const items: Readonly<Record<Chosen, readonly SelectItem[]>> = {
    rating: coded(RATINGS),
    outcome: coded(OUTCOMES),
    decider: named(deciders),
    agency: named(agencies),
    operational: PUNCTUALITIES.map((value) => ({ value, text: PUNCTUALITY_WORDS[value] })),
    statutory: PUNCTUALITIES.map((value) => ({ value, text: PUNCTUALITY_WORDS[value] })),
  };
  return items[name];
}
