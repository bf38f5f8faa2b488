import type { Outcome } from '../code-lists/outcomes.ts';
import type { AdviceRule, LeaverRule, RetentionRule, RetentionSchedule } from './retention-schedule.ts';

/** A decided referral, as its period depends on it. Days are local dates. */
export interface RetentionFacts {
  /** Of the decision in force: for the referral, and for each child of whom it says another. At least one. */
  readonly outcomes: readonly Outcome[];
  readonly receivedOn: Temporal.PlainDate;
  /** The last act on it, or on another referral of the same children. */
  readonly lastContactOn: Temporal.PlainDate;
  /** The latest day on which the youngest child can have been born. */
  readonly youngestBornBy: Temporal.PlainDate;
  /** How many referrals there are of the child of whom there are most, with this one. */
  readonly contacts: number;
}

/** The period of a referral, or of advice. */
export interface Kept {
  readonly rule: Pick<RetentionRule, 'name' | 'looksFirst'>;
  /** The last day on which it is kept. */
  readonly until: Temporal.PlainDate;
}

const THIRD_CONTACT = 3;

/**
 * For how long a referral is kept, by the rule of the most serious outcome.
 *
 * @throws RangeError when no rule is for its outcomes: a published schedule has one for each
 */
export function keptUntil(
  { rules }: Pick<RetentionSchedule, 'rules'>,
  facts: RetentionFacts,
): Kept & { readonly rule: RetentionRule } {
  const rule = rules.find(({ outcomes }) => outcomes.some((outcome) => facts.outcomes.includes(outcome)));
  if (rule === undefined) throw new RangeError(`No rule of the retention schedule is for ${facts.outcomes.join(', ')}`);
  const until = anchorOf(rule, facts).add({ years: rule.years });
  const isTo25 = rule.thirdContactTo25 && facts.contacts >= THIRD_CONTACT;
  return { rule, until: isTo25 ? later(until, facts.youngestBornBy.add({ years: 25 })) : until };
}

/** For how long advice is kept that led to no referral. @param givenOn a local date */
export function adviceKeptUntil(rule: AdviceRule, givenOn: Temporal.PlainDate): Kept {
  return { rule, until: givenOn.add({ years: rule.years }) };
}

/**
 * The last days on which people left of whom something goes now, counted from the day after the period.
 *
 * @param today a local date
 */
export function leftLongAgo(
  { contactDays, nameYears }: LeaverRule,
  today: Temporal.PlainDate,
): { readonly forContact: Temporal.PlainDate; readonly forName: Temporal.PlainDate } {
  const yesterday = today.subtract({ days: 1 });
  return { forContact: yesterday.subtract({ days: contactDays }), forName: yesterday.subtract({ years: nameYears }) };
}

function anchorOf({ from }: RetentionRule, facts: RetentionFacts): Temporal.PlainDate {
  switch (from) {
    case 'receipt':
      return facts.receivedOn;
    case 'last_contact':
      return facts.lastContactOn;
    case 'youngest_18':
      return later(facts.lastContactOn, facts.youngestBornBy.add({ years: 18 }));
  }
}

/** What a referral says of a child's birth. */
export interface BirthAsSaid {
  /** A local date. */
  readonly dateOfBirth?: string | null;
  /** Whole years at the receipt. */
  readonly estimatedAge?: number | null;
}

/** A child that is not born, or whose birth is not known, is born at the latest this long after the receipt. */
const LONGEST_PREGNANCY = { days: 300 } as const;

/** The latest day on which a child can have been born: no period ends too early by a guess. */
export function bornBy({ dateOfBirth, estimatedAge }: BirthAsSaid, receivedOn: Temporal.PlainDate): Temporal.PlainDate {
  if (dateOfBirth) return Temporal.PlainDate.from(dateOfBirth);
  if (typeof estimatedAge === 'number') return receivedOn.subtract({ years: estimatedAge });
  return receivedOn.add(LONGEST_PREGNANCY);
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) >= 0 ? one : other;
}
