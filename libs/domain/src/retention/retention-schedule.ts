import { OUTCOMES, type Outcome } from '../code-lists/outcomes.ts';
import type { PolicyFault } from '../policy/policy-fault.ts';

/**
 * The day from which a period counts. `last_contact`: the last act on the referral, or on another of the same children.
 * `youngest_18`: the 18th birthday of the youngest child, or the last contact where that is later. `receipt`: the day on which
 * the referral came.
 */
export const RETENTION_ANCHORS = ['last_contact', 'youngest_18', 'receipt'] as const;
export type RetentionAnchor = (typeof RETENTION_ANCHORS)[number];

/** For how long a class of referrals is kept. */
export interface RetentionRule {
  /** Such as `R1a`, the name of the class in the council's schedule. */
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  readonly from: RetentionAnchor;
  /** Whole years from that day. */
  readonly years: number;
  /** A person opens the referral before it is approved. */
  readonly looksFirst: boolean;
  /** Not before the 25th birthday of the youngest child where there were three contacts about a child. */
  readonly thirdContactTo25: boolean;
}

/** For how long advice is kept that led to no referral, from the day on which it was given. */
export interface AdviceRule {
  readonly name: string;
  /** Whole years from that day. */
  readonly years: number;
  /** A person opens it before its destruction is approved. */
  readonly looksFirst: boolean;
}

/** For how long what the service knows of a person is kept after they left the hub, or their agency. */
export interface LeaverRule {
  /** Days until their e-mail address and telephone number go. */
  readonly contactDays: number;
  /** Whole years until their name is replaced by their role. */
  readonly nameYears: number;
}

export interface RetentionSchedule {
  /** Of referrals, the one for the most serious outcome first. */
  readonly rules: readonly RetentionRule[];
  readonly advice: AdviceRule;
  readonly leavers: LeaverRule;
}

/** A schedule as it was published: one from before these classes were there has no rule for them. */
export type PublishedSchedule = Pick<RetentionSchedule, 'rules'> & Partial<RetentionSchedule>;

/** A person who comes back, or was taken out by mistake, is as they were for at most this long. */
const MOST_CONTACT_DAYS = 366;

/** A period of more years is a slip of the pen: the longest published one is a hundred. */
const MOST_YEARS = 120;

const UNTIL_A_PERSON_HAS_LOOKED = { looksFirst: true, thirdContactTo25: false } as const;
const AT_ONCE = { looksFirst: false, thirdContactTo25: false } as const;

/**
 * What the service ships with, until a council publishes its own: the longest of what councils publish for each class
 * (`docs/go-live/retention-schedule.md` has the sources).
 */
export const DEFAULT_RETENTION_SCHEDULE: RetentionSchedule = {
  rules: [
    { name: 'R1d', outcomes: ['refer_to_lado'], from: 'receipt', years: 100, ...UNTIL_A_PERSON_HAS_LOOKED },
    {
      name: 'R1a',
      outcomes: ['immediate_protection', 'strategy_discussion'],
      from: 'last_contact',
      years: 35,
      ...UNTIL_A_PERSON_HAS_LOOKED,
    },
    {
      name: 'R1b',
      outcomes: ['child_and_family_assessment', 'edge_of_care', 'to_allocated_worker'],
      from: 'youngest_18',
      years: 7,
      ...AT_ONCE,
    },
    { name: 'R1c', outcomes: ['early_help'], from: 'youngest_18', years: 3, ...AT_ONCE },
    { name: 'R1e', outcomes: ['transfer_to_other_authority'], from: 'last_contact', years: 7, ...AT_ONCE },
    {
      name: 'R1f',
      outcomes: ['no_further_action', 'advice_and_signposting', 'returned_to_referrer'],
      from: 'last_contact',
      years: 7,
      looksFirst: true,
      thirdContactTo25: true,
    },
  ],
  advice: { name: 'R1h', years: 7, looksFirst: false },
  leavers: { contactDays: 30, nameYears: 7 },
};

/** A published schedule with the periods that the service ships with for classes of which it says nothing. */
export function wholeSchedule(published: PublishedSchedule): RetentionSchedule {
  return { ...DEFAULT_RETENTION_SCHEDULE, ...published };
}

/** The faults of a schedule; an empty list when it may be published: each outcome stands in one rule. */
export function retentionFaults({ rules, advice, leavers }: RetentionSchedule): readonly PolicyFault[] {
  const classes = [...rules, advice, { name: 'R2', years: leavers.nameYears }];
  const faults = classes.flatMap(({ name, years }): PolicyFault[] =>
    isWholeTo(MOST_YEARS, years)
      ? []
      : [{ at: name, message: `The years of ${name} must be a whole number from 1 to ${MOST_YEARS}` }],
  );
  if (!isWholeTo(MOST_CONTACT_DAYS, leavers.contactDays)) {
    faults.push({ at: 'R2', message: `The days of R2 must be a whole number from 1 to ${MOST_CONTACT_DAYS}` });
  }
  const said = rules.flatMap(({ outcomes }) => outcomes);
  const isEachOnce = said.length === OUTCOMES.length && OUTCOMES.every((outcome) => said.includes(outcome));
  return isEachOnce ? faults : [...faults, { at: 'rules', message: 'Each outcome must stand in one rule' }];
}

const isWholeTo = (most: number, value: number) => Number.isInteger(value) && value >= 1 && value <= most;
