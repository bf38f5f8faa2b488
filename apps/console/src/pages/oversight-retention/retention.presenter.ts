import type { AdviceRule, RetentionRule, RetentionSchedule } from '#domain';
import {
  PROPOSALS_SHOWN,
  type Certificate,
  type DestructionLine,
  type ProposedRecord,
  type RetentionPage,
} from '#retention';
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
    proposals: proposals.map(({ id, rule, keptUntil, looksFirst, isOpened, ...record }) => ({
      ...{ id, record: recordInWords(record), rule, until: dayInWords(keptUntil), isTicked: ticked.has(id) },
      href:
        record.consultationId === null
          ? `/referrals/${record.reference!}`
          : `/consultations?one=${record.consultationId}`,
      mustOpen: looksFirst && !isOpened,
      isAdvice: record.consultationId !== null,
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
      rules: [...classesInWords(schedule.schedule), leaversInWords(schedule.schedule)],
    },
  };
}

/** The classes of records that are proposed. */
export function classesInWords({ rules, advice }: RetentionSchedule) {
  return [...rules.map(ruleInWords), adviceInWords(advice)];
}

function adviceInWords({ name, years, looksFirst }: AdviceRule) {
  return {
    ...{ name, outcomes: 'Advice that led to no referral', years, looksFirst },
    period: `${yearsInWords(years)} after it was given`,
    then: then(looksFirst),
  };
}

function leaversInWords({ leavers: { contactDays, nameYears } }: RetentionSchedule) {
  return {
    ...{ name: 'R2', outcomes: 'People who left' },
    period: `E-mail address and telephone number: ${contactDays} day${contactDays === 1 ? '' : 's'} after they left. Name: ${yearsInWords(nameYears)} after they left`,
    then: 'The service removes them, and writes their role in place of the name',
  };
}

function ruleInWords(rule: RetentionRule) {
  const { name, outcomes, from, years, looksFirst, thirdContactTo25 } = rule;
  return {
    name,
    outcomes: outcomes.map(codeInWords).join(', '),
    years,
    looksFirst,
    period: `${yearsInWords(years)} ${FROM[from]}${thirdContactTo25 ? '; after a third contact about a child, not before the 25th birthday' : ''}`,
    then: then(looksFirst),
  };
}

const yearsInWords = (years: number) => `${years} year${years === 1 ? '' : 's'}`;
const then = (looksFirst: boolean) => (looksFirst ? 'A senior manager opens it first' : 'Approved in the list');

/** What a line is about, without a word of it. */
function recordInWords({ reference, givenOn }: Pick<ProposedRecord, 'reference' | 'givenOn'>): string {
  return givenOn === null ? reference! : `Advice of ${dayInWords(givenOn)}`;
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
    lines: lines.map(({ referralId, consultationId, rule, keptUntil, state, why, rowsDestroyed, ...record }) => ({
      ...{ record: recordInWords(record), id: referralId ?? consultationId, rule, until: dayInWords(keptUntil) },
      isAdvice: consultationId !== null,
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
