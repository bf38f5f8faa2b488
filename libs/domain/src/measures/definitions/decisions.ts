import type { DurationMeasure, ShareMeasure } from '../measure.ts';
import { elapsedMinutesBetween, workingMinutesBetween } from '../../working-time/working-minutes.ts';
import { isMoreUrgent } from '../../rating/rating.ts';
import { OUTCOMES_WITHOUT_ACTION } from '../../code-lists/outcomes.ts';
import { isAtOrBefore, type Standing } from '../standing.ts';

const RECEIVED_AND_DECIDED = 'Referrals received in the period whose decision is in effect';
const BY_RECEIPT = 'By the day of receipt';

const metIf = (is: boolean) => (is ? ('met' as const) : ('not_met' as const));

/** Shares of decided referrals have these words in common. */
const OF_DECIDED = {
  kind: 'share',
  cohort: RECEIVED_AND_DECIDED,
  denominator: 'All of them',
  clock: BY_RECEIPT,
  exclusions: 'Referrals that are undecided, or whose decision waits for sign-off or was taken back',
  unit: 'referrals',
  better: 0,
} as const;

export const PROGRESSED: ShareMeasure = {
  ...OF_DECIDED,
  id: 'progressed-to-referral',
  title: 'Contacts that became a referral',
  numerator: 'Those that the decider called a referral in DfE’s sense, with or without further action',
  denominator: 'Those whose decision says whether it is a contact or a referral',
  exclusions: 'Decisions from before this was recorded',
  source: 'DfE children in need census guide 4.1; England 2023-24: 22 % (ADCS Safeguarding Pressures 9)',
  count: ({ effectiveAt, progression }) =>
    effectiveAt === null || progression === null ? null : metIf(progression !== 'contact_only'),
};

export const NFA_OF_CONTACTS: ShareMeasure = {
  ...OF_DECIDED,
  id: 'no-further-action-of-contacts',
  title: 'No further action, of all contacts',
  numerator: 'Those decided as no further action',
  source: 'ADCS Safeguarding Pressures 9: 23 % of contacts in England. Not the same as of referrals',
  count: ({ effectiveAt, outcome }) => (effectiveAt === null ? null : metIf(outcome === 'no_further_action')),
};

export const NFA_OF_REFERRALS: ShareMeasure = {
  ...OF_DECIDED,
  id: 'no-further-action-of-referrals',
  title: 'No further action, of referrals',
  cohort: 'Referrals in DfE’s sense, received in the period, whose decision is in effect',
  numerator: 'Those recorded as a referral with no further action',
  exclusions: 'Contacts that became no referral, and decisions from before this was recorded',
  source: 'DfE children in need census: 6.5 % in England 2024-25. Not the same as of contacts',
  count: ({ effectiveAt, progression }) =>
    effectiveAt === null || progression === null || progression === 'contact_only'
      ? null
      : metIf(progression === 'referral_no_further_action'),
};

export const SIGN_OFF: ShareMeasure = {
  ...OF_DECIDED,
  id: 'sign-off',
  title: 'Decisions that need sign-off',
  cohort: 'Referrals received in the period with a decision, in effect or waiting for sign-off',
  numerator: 'Those whose decision another person has to agree with',
  exclusions: 'Referrals without a decision',
  source: 'Policy key signOff',
  count: ({ decisionId, signOffReasons }) => (decisionId === null ? null : metIf(signOffReasons.length > 0)),
};

export const TIME_TO_SIGN_OFF: DurationMeasure = {
  id: 'time-to-sign-off',
  kind: 'duration',
  title: 'Time from decision to sign-off',
  cohort: 'Referrals received in the period whose decision needs sign-off',
  numerator: 'Those that another person has agreed with',
  denominator: 'All of them; those that still wait count with the time that they have waited',
  clock: 'From the decision to the agreement, in elapsed and in working minutes',
  exclusions: 'Decisions that need no sign-off, that were returned or taken back',
  unit: 'minutes',
  better: -1,
  source: 'The hub’s own measure; Nottinghamshire’s published practice',
  count: ({ decidedAt, signOffReasons, signedAt }, { asOf, calendar }) => {
    if (decidedAt === null || signOffReasons.length === 0) return null;
    const end = signedAt ?? asOf;
    return {
      hasEnded: signedAt !== null,
      elapsed: elapsedMinutesBetween(decidedAt, end),
      working: workingMinutesBetween(calendar, decidedAt, end),
    };
  },
};

export const RETURNED: ShareMeasure = {
  ...OF_DECIDED,
  id: 'returned-at-sign-off',
  title: 'Decisions that were returned at sign-off',
  cohort: 'Referrals received in the period with a decision that needed sign-off',
  numerator: 'Those of which a decision was returned to be decided again',
  exclusions: 'Referrals whose decisions needed no sign-off',
  source: 'Policy key signOff',
  count: ({ signOffReasons, returned }) => (signOffReasons.length === 0 && returned === 0 ? null : metIf(returned > 0)),
};

export const TAKEN_BACK: ShareMeasure = {
  ...OF_DECIDED,
  id: 'taken-back',
  title: 'Decisions that were taken back',
  cohort: 'Referrals received in the period that were ever decided',
  numerator: 'Those of which a decision or an agreement was taken back',
  exclusions: 'Referrals that no person has decided',
  source: 'The hub’s own measure',
  count: ({ decisionId, takenBack, returned }) =>
    decisionId === null && takenBack === 0 && returned === 0 ? null : metIf(takenBack > 0),
};

const OF_RATED = {
  kind: 'share',
  cohort: 'Referrals received in the period that a person has rated',
  denominator: 'All of them',
  clock: 'By the first rating that a person gave',
  exclusions: 'Referrals that no person has rated',
  unit: 'referrals',
  better: 0,
  source: 'The hub’s own measure: evidence for the rating rules',
} as const;

const ratedOtherwise =
  (is: (s: Standing, given: Standing['suggested']) => boolean): ShareMeasure['count'] =>
  (s) =>
    s.firstGiven === null ? null : metIf(is(s, s.firstGiven));

export const OVERRIDES: ShareMeasure = {
  ...OF_RATED,
  id: 'overrides',
  title: 'Suggested ratings that a person changed',
  numerator: 'Those whose first rating by a person is not the suggested one',
  count: ratedOtherwise(({ suggested }, given) => suggested !== given),
};

export const RAISED: ShareMeasure = {
  ...OF_RATED,
  id: 'overrides-raised',
  title: 'Suggested ratings that a person raised',
  numerator: 'Those whose first rating by a person is more urgent than the suggested one',
  count: ratedOtherwise(({ suggested }, given) => isMoreUrgent(given, suggested)),
};

export const LOWERED: ShareMeasure = {
  ...OF_RATED,
  id: 'overrides-lowered',
  title: 'Suggested ratings that a person lowered',
  numerator: 'Those whose first rating by a person is less urgent than the suggested one',
  count: ratedOtherwise(({ suggested }, given) => isMoreUrgent(suggested, given)),
};

export const THRESHOLD_AGREEMENT: ShareMeasure = {
  ...OF_DECIDED,
  id: 'threshold-agreement',
  title: 'Level of need on which sender and decider agree',
  numerator: 'Those whose sender gave the level that was decided',
  denominator: 'Those with a level from both',
  exclusions: 'Referrals whose sender gave no level',
  source: 'Front Door Data Collaboration',
  count: ({ effectiveAt, senderLevel, thresholdLevel }) =>
    effectiveAt === null || senderLevel === null ? null : metIf(senderLevel === thresholdLevel),
};

export const CHILDS_VOICE: ShareMeasure = {
  ...OF_DECIDED,
  id: 'childs-voice',
  title: 'Decisions that record what the child said',
  better: 1,
  numerator: 'Those whose decision says what the child said or would say',
  exclusions: 'Referrals about unborn children only, and undecided ones',
  source: 'Ofsted’s monitoring visit of Tameside 2019',
  count: ({ effectiveAt, hasChildsVoice, children }) =>
    effectiveAt === null || children.every(({ isUnborn }) => isUnborn) ? null : metIf(hasChildsVoice === true),
};

export const LATE_WITHOUT_REASON: ShareMeasure = {
  ...OF_DECIDED,
  id: 'late-without-reason',
  title: 'Late decisions without a reason',
  cohort:
    'Referrals received in the period that were decided after the limit of their rating or after the statutory limit',
  better: -1,
  numerator: 'Those whose decision gives no reason for the lateness',
  exclusions: 'Decisions in time, and undecided referrals',
  source: 'The hub’s own measure',
  count: ({ decidedAt, effectiveAt, dueAt, statutoryDueAt, lateReason }) =>
    decidedAt === null ||
    effectiveAt === null ||
    (isAtOrBefore(decidedAt, dueAt) && isAtOrBefore(decidedAt, statutoryDueAt))
      ? null
      : metIf(lateReason === null),
};

/** How long after a decision a child may come back for it to count against the decision. */
const CAME_BACK_WITHIN = { hours: 90 * 24 };

/**
 * Of those that were decided 90 days ago or more: before, only failures could count, and a young month would be all failures.
 */
function cameBack(at: (s: Standing) => Temporal.Instant | null): ShareMeasure['count'] {
  return (standing, { asOf }) => {
    const { effectiveAt, outcome } = standing;
    if (effectiveAt === null || outcome === null || !OUTCOMES_WITHOUT_ACTION.includes(outcome)) return null;
    if (!isAtOrBefore(effectiveAt.add(CAME_BACK_WITHIN), asOf)) return 'not_yet_due';
    return metIf(at(standing) !== null);
  };
}

export const CAME_BACK_WORSE: ShareMeasure = {
  ...OF_DECIDED,
  id: 'came-back-worse',
  title: 'Closed, and came back worse within 90 days',
  better: -1,
  cohort: 'Referrals received in the period that ended without action by social care',
  numerator: 'Those of which a child was referred again within 90 days, rated more urgent or decided at level 4',
  denominator: 'Those decided 90 days ago or more',
  exclusions: 'Referrals that led to help, assessment or protection',
  source: 'The hub’s own measure: speed beside safety',
  count: cameBack(({ cameBackWorseAt }) => cameBackWorseAt),
};

export const CAME_BACK: ShareMeasure = {
  ...CAME_BACK_WORSE,
  id: 'came-back',
  title: 'Closed, and came back within 90 days',
  numerator: 'Those of which a child was referred again within 90 days',
  denominator: 'Those decided 90 days ago or more',
  count: cameBack(({ cameBackAt }) => cameBackAt),
};

export const REPEAT_CONTACTS: ShareMeasure = {
  kind: 'share',
  id: 'repeat-contacts',
  title: 'Third or later contact in twelve months',
  cohort: 'Referrals received in the period',
  numerator: 'Those with two or more referrals of the same children in the twelve months before',
  denominator: 'All of them',
  clock: BY_RECEIPT,
  exclusions:
    'Reports of one incident count as one contact. It counts contacts; DfE’s re-referral counts referrals only',
  unit: 'referrals',
  better: -1,
  source: 'Forrester, Patterns of re-referral',
  count: ({ earlier }) => metIf(earlier >= 2),
};
