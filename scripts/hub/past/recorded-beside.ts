import {
  referralSource,
  type ConcernType,
  type Outcome,
  type PrimaryNeed,
  type Progression,
  type ReferralSource,
} from '#domain';
import type { Arrival } from './arrival.ts';
import type { PastDecision, SaidBeside } from './past-act.ts';
import { isBefore, type World } from './world.ts';

/*
 * The one place for what is recorded beside the bare acts, for exports and oversight: the columns `source_code` of a
 * referral, and `progression`, `primary_need`, `late_reason` and `late_words` of a decision. A referral that came before
 * `World.recordedSince` has none of them, as in a hub that was there before they were asked for.
 */

/** The source of a referral at its receipt; null where it was not asked for yet. */
export function sourceRecorded(world: World, { at, sourceCode }: Arrival): ReferralSource | null {
  return isBefore(at, world.recordedSince) ? null : referralSource(sourceCode);
}

/** What a person says beside a decision; null where it was not asked for yet. */
export function saidBeside(
  world: World,
  { at: receivedAt, referral }: Arrival,
  { outcome }: Pick<PastDecision, 'outcome'>,
  { isLate }: { readonly isLate: boolean },
): SaidBeside | null {
  if (isBefore(receivedAt, world.recordedSince)) return null;
  const progression = progressionOf(world, outcome);
  const primaryNeed = progression === 'contact_only' ? null : (NEED_BY_CONCERN[referral.concern.types[0]!] ?? 'N0');
  const reason = isLate && world.random.happens(SAYS_WHY_IT_IS_LATE) ? world.random.pick(LATE_REASONS) : null;
  return { progression, primaryNeed, lateReason: reason?.code ?? null, lateWords: reason?.words ?? '' };
}

const GOES_ON: readonly Outcome[] = [
  'immediate_protection',
  'strategy_discussion',
  'child_and_family_assessment',
  'edge_of_care',
];

/** As the policy proposes it; now and then the person accepts a referral that ends with no further action. */
function progressionOf({ random }: World, outcome: Outcome): Progression {
  if (GOES_ON.includes(outcome)) return 'referral';
  return outcome === 'no_further_action' && random.happens(0.25) ? 'referral_no_further_action' : 'contact_only';
}

/** The share of late decisions that say why. */
const SAYS_WHY_IT_IS_LATE = 0.7;

/** Reasons of the policy's list, with the words of the person; null where the code says enough. */
const LATE_REASONS = [
  { code: 'waiting_for_agency', words: 'The school answered the next morning.' },
  { code: 'waiting_for_agency', words: 'Waited for the outcome of the medical.' },
  { code: 'waiting_for_agency', words: null },
  {
    code: 'family_not_reached',
    words: 'Three calls without an answer; the health visitor reached the mother at last.',
  },
  { code: 'family_not_reached', words: null },
  { code: 'volume_of_referrals', words: 'More came on Monday than two of us could decide.' },
  { code: 'volume_of_referrals', words: null },
  { code: 'staff_absence', words: 'Two of the team were ill.' },
  { code: 'complex_information', words: 'Records of two authorities had to be read first.' },
  { code: 'other', words: 'Decided at the meeting that was planned for the day after.' },
] as const;

/** DfE's codes of primary need. */
const NEED_BY_CONCERN: Partial<Record<ConcernType, PrimaryNeed>> = {
  physical_abuse: 'N1',
  sexual_abuse: 'N1',
  emotional_abuse: 'N1',
  neglect: 'N1',
  medical_neglect: 'N1',
  domestic_abuse: 'N1',
  child_sexual_exploitation: 'N1',
  child_criminal_exploitation: 'N1',
  unborn_child_risk: 'N1',
  private_fostering: 'N8',
  child_disability_or_illness: 'N2',
  parental_mental_health: 'N3',
  parental_learning_disability: 'N3',
  parental_substance_misuse: 'N5',
  self_harm_or_suicide: 'N4',
  child_mental_health: 'N4',
  missing_from_home_or_care: 'N6',
  child_on_child_abuse: 'N6',
  homeless_young_person: 'N8',
  moved_from_another_authority: 'N1',
  young_carer: 'N3',
  school_attendance: 'N5',
  family_dispute: 'N5',
  housing_or_money: 'N7',
  early_parenting_support: 'N4',
};
