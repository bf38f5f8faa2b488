import type { Audience, EvidencePage, PackLine, PackOf } from '#oversight';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { periodOfMonths } from '../../shell/oversight/about.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import type { EvidenceForm } from './evidence.form.ts';

/** A form of which no pack was made. */
export interface Unmade {
  readonly form: EvidenceForm;
  readonly errors: FormErrors | null;
  readonly refusal: string;
}

export const AUDIENCES: Readonly<Record<Audience, string>> = {
  publication: 'For publication',
  inspectorate: 'For the inspectorate',
};

/** The page with the form and the packs that are kept. */
export function presentEvidence({ packs, months, now }: EvidencePage, unmade: Unmade | null, zone: string) {
  // The month before the current one is the last that is complete.
  const [current, last] = months.map((month) => month.toPlainYearMonth().toString());
  const fields = new FormFields(unmade?.form ?? { from: last, to: last }, unmade?.errors ?? null);
  const items = months.map((month) => {
    const value = month.toPlainYearMonth().toString();
    const name = periodOfMonths([{ month }]).words;
    return { value, text: value === current ? `${name}, so far` : name };
  });
  return {
    from: fields.select('from', { label: 'First month' }, items),
    to: fields.select('to', { label: 'Last month', hint: 'It is included.' }, items),
    audience: fields.radios('audience', { label: 'Who is it for?', isLarge: true }, [
      {
        value: 'inspectorate',
        text: AUDIENCES.inspectorate,
        hint: { text: 'Every number, and lists of referrals by their reference.' },
      },
      {
        value: 'publication',
        text: AUDIENCES.publication,
        hint: {
          text: 'Numbers from 1 to 5 are hidden, and what would give them away. No list of referrals. Only months whose figures are fixed: that is ten days after the end of a month.',
        },
      },
    ]),
    errorSummary: errorSummary(unmade?.errors ?? null),
    refusal: unmade?.refusal ?? '',
    packs: packs.map((pack) => ({
      href: `/oversight/evidence/${pack.id}`,
      name: nameOf(pack),
      audience: AUDIENCES[pack.audience],
      asked: `${dayAndTime(pack.askedAt, now, zone)} by ${pack.askedBy}`,
      state: stateOf(pack, now, zone),
    })),
  };
}

/** A pack that is not ready: how far it is, and what to do where it fails. */
export function presentProgress(pack: PackLine, now: Temporal.Instant, zone: string) {
  const { tries, made, parts, id } = pack;
  return {
    heading: `Evidence of ${nameOf(pack)}`,
    audience: AUDIENCES[pack.audience],
    state: stateOf(pack, now, zone),
    asked: `${dayAndTime(pack.askedAt, now, zone)} by ${pack.askedBy}`,
    again: `/oversight/evidence/${id}`,
    hasFailed: tries.failures > 0,
    isOperatorTold: tries.isOperatorTold,
    ...{ made, parts },
  };
}

/** Its months, such as `September 2026 to October 2026`. */
export function nameOf({ firstMonth, lastMonth }: PackOf): string {
  const month = (day: string) => ({ month: Temporal.PlainDate.from(day) });
  return periodOfMonths([month(firstMonth), month(lastMonth)]).words;
}

function stateOf({ readyAt, made, parts, tries }: PackLine, now: Temporal.Instant, zone: string): string {
  if (readyAt !== null) return `Ready. Kept until ${dayAndTime(readyAt.add({ hours: 24 }), now, zone)}`;
  if (tries.failures > 0) return `Failed after ${made} of ${parts} parts; it is tried again`;
  return made === 0 ? 'Waiting' : `${made} of ${parts} parts are made`;
}
