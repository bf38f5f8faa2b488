import type { RetentionRule } from '#domain';
import { PROPOSALS_SHOWN, type Certificate, type DestructionLine, type RetentionPage } from '#retention';
import { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { codeInWords, dayAndTime, dayInWords } from '../../shell/words/words.ts';

/** What each class of the schedule counts from. */
const FROM: Readonly<Record<RetentionRule['from'], string>> = {
  last_contact: 'after the last contact',
  youngest_18: 'after the 18th birthday of the youngest child, or the last contact if later',
  receipt: 'after the referral came',
};

/** Why a record that was approved was not destroyed. */
const WHY: Readonly<Record<string, string>> = {
  held: 'Kept: a hold covers it',
  not_due: 'Kept: it is not due any more',
  other_rule: 'Kept: the schedule says otherwise by now',
};

export function presentRetention(page: RetentionPage, ticked: ReadonlySet<string>, zone: string) {
  const { proposals, proposed, waiting, done, holds, schedule, now } = page;
  const line = (one: DestructionLine) => lineOf(one, now, zone);
  const inForce = holds.filter(({ ended }) => ended === null);
  return {
    proposals: proposals.map(({ id, reference, rule, keptUntil, looksFirst, isOpened }) => ({
      ...{ id, reference, rule, until: dayInWords(keptUntil), isTicked: ticked.has(id) },
      mustOpen: looksFirst && !isOpened,
    })),
    proposed,
    isCut: proposed > PROPOSALS_SHOWN,
    waiting: waiting.map(line),
    done: done.map(line),
    holds: inForce.map(({ id, reference, isOfAll, reason, by, at }) => ({
      ...{ id, reference, reason, of: isOfAll ? 'Every record' : reference },
      set: `${by}, ${dayAndTime(at, now, zone)}`,
    })),
    isAllHeld: inForce.some(({ isOfAll }) => isOfAll),
    schedule: {
      isOurs: schedule.made === null,
      made: schedule.made === null ? '' : `${schedule.made.by}, ${dayAndTime(schedule.made.at, now, zone)}`,
      reason: schedule.made?.reason ?? '',
      rules: schedule.schedule.rules.map(ruleInWords),
    },
  };
}

export function ruleInWords(rule: RetentionRule) {
  const { name, outcomes, from, years, looksFirst, thirdContactTo25 } = rule;
  return {
    name,
    outcomes: outcomes.map(codeInWords).join(', '),
    years,
    looksFirst,
    period: `${years} year${years === 1 ? '' : 's'} ${FROM[from]}${thirdContactTo25 ? '; after a third contact about a child, not before the 25th birthday' : ''}`,
    then: looksFirst ? 'A senior manager opens it first' : 'Approved in the list',
  };
}

export function presentCertificate(certificate: Certificate, errors: FormErrors | null, zone: string) {
  const { lines, now, answer, doneAt, isOwn } = certificate;
  const words = { label: `Is the destruction of ${records(lines.length)} right?` };
  return {
    ...lineOf(certificate, now, zone),
    isOwn,
    isWaiting: answer === null,
    isDone: doneAt !== null,
    said: new FormFields({}, errors).radios('said', words, [
      { value: 'agreed', text: 'I agree: they are destroyed, and can not be brought back' },
      { value: 'refused', text: 'I refuse: they are proposed again, and nothing is destroyed' },
    ]),
    lines: lines.map(({ reference, referralId, rule, keptUntil, state, why, rowsDestroyed }) => ({
      ...{ reference, id: referralId, rule, until: dayInWords(keptUntil) },
      stands:
        state === 'destroyed'
          ? `Destroyed: ${rowsIn(rowsDestroyed ?? {})} rows`
          : state === 'withdrawn'
            ? (WHY[why ?? ''] ?? 'Kept')
            : 'Not destroyed',
    })),
  };
}

const rowsIn = (rows: Readonly<Record<string, number>>) => Object.values(rows).reduce((sum, count) => sum + count, 0);
const records = (count: number) => `${count} record${count === 1 ? '' : 's'}`;

function lineOf(one: DestructionLine, now: Temporal.Instant, zone: string) {
  const { id, approvedBy, approvedAt, answer, answeredBy, answeredAt, doneAt, isOwn } = one;
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  return {
    ...{ id, isOwn, records: records(one.records) },
    approved: `${approvedBy}, ${when(approvedAt)}`,
    answered:
      answeredAt === null ? '' : `${answer === 'agreed' ? 'Agreed' : 'Refused'}: ${answeredBy!}, ${when(answeredAt)}`,
    done: doneAt === null ? '' : when(doneAt),
  };
}
