import { roleInWords, type Staff } from '#access';
import { RECORD_KINDS, type RecordLine } from '#audit';
import { ENTRIES_SHOWN, type RecordPage } from '#oversight';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { presentAct, RECORD_KIND_WORDS } from '../../shell/referral/act.presenter.ts';
import { exactTime } from '../../shell/words/exact-time.ts';
import { dayInWords } from '../../shell/words/words.ts';
import { recordUrl, type RecordQuery } from './record-query.ts';

type People = Awaited<ReturnType<Staff['ever']>>;

/** The columns of the answer: of the page, and of a file of the same rows. */
export const RECORD_COLUMNS = ['When', 'Who', 'What', 'Referral'] as const;

/** The fields that say what is asked of the record. */
export function presentQuestion(typed: object, people: People, errors: FormErrors | null) {
  const fields = new FormFields(typed, errors);
  const width = 'govuk-input--width-10';
  return {
    columns: RECORD_COLUMNS,
    errorSummary: errorSummary(errors),
    person: fields.select('person', { label: 'Who' }, [
      { value: '', text: 'Any person or agency' },
      ...people.map(({ id, name, role, isActive }) => ({
        value: id,
        text: `${name} (${roleInWords(role)}${isActive ? '' : ', left'})`,
      })),
    ]),
    kind: fields.select('kind', { label: 'What' }, [
      { value: '', text: 'Everything' },
      ...RECORD_KINDS.map((one) => ({ value: one, text: RECORD_KIND_WORDS[one] })),
    ]),
    reference: fields.input('reference', { label: 'Reference of a referral', classes: width }, { autocomplete: 'off' }),
    from: fields.input('from', { label: 'From the beginning of', classes: width }, { type: 'date' }),
    to: fields.input('to', { label: 'To the beginning of', classes: width }, { type: 'date' }),
  };
}

/** What the record says. */
export function presentAnswer({ lines, next }: RecordPage, query: RecordQuery, people: People, zone: string) {
  return {
    asked: askedInWords(query, people),
    rows: lines.map((line) => recordCells(line, zone)),
    shown: shownInWords(lines.length, query.after === null, next !== null),
    first: query.after === null ? null : recordUrl(query, null),
    next: next === null ? null : recordUrl(query, next),
  };
}

/** An entry as texts, in the order of the columns. */
export function recordCells({ at, by, act, details, reference }: RecordLine, zone: string) {
  const words = presentAct({ act, details });
  const what = words.detail === null ? words.act : `${words.act}: ${words.detail}`;
  return { when: exactTime(at, zone), who: by, what, reference: reference ?? '' };
}

/** Such as `Opened, by Sam Screener, about MASH-7K3F-9QXT, from 17 November 2026 to the end of 23 November 2026`. */
function askedInWords({ person, reference, kind, from, to }: RecordQuery, people: People): string {
  const name = people.find(({ id }) => id === person)?.name;
  const last = Temporal.PlainDate.from(to).subtract({ days: 1 }).toString();
  return [
    kind === '' ? 'Everything' : RECORD_KIND_WORDS[kind],
    ...(person === '' ? [] : [`by ${name ?? 'a person who is not known here'}`]),
    ...(reference === '' ? [] : [`about ${reference}`]),
    from === last ? `on ${dayInWords(from)}` : `from ${dayInWords(from)} to the end of ${dayInWords(last)}`,
  ].join(', ');
}

function shownInWords(count: number, isFirst: boolean, isMore: boolean): string {
  if (count === 0) return isFirst ? 'The record has nothing of this.' : 'There is no more.';
  if (isFirst && !isMore) return count === 1 ? 'One entry.' : `All ${count} entries, the latest first.`;
  return `The ${isFirst ? 'latest' : 'next'} ${count}, the latest first, ${ENTRIES_SHOWN} to a page.`;
}
