import type { Outcome, Rating, ThresholdLevel } from '#domain';
import type { Concern } from './concerns.ts';
import type { PastDecision } from './past-act.ts';
import { namedFor } from './past-routes.ts';
import type { PastReferral } from './past-referral.ts';
import type { Seeded } from './seeded.ts';
import { CHILDS_VOICE, NEEDS_TO_HAPPEN, RATIONALES, WHY_CONTRADICTORY, WORKING_WELL } from './words.ts';

/** How a referral ends. */
export interface End {
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
}

/** An end as they are for this kind of concern; a red that was rated so by a person seldom ends with little. */
export function endOf(random: Seeded, { ends }: Concern, rating: Rating): End {
  const [outcome, level] = random.weighted(ends, ([, of, weight]) =>
    rating === 'red' && of <= 2 ? weight / 4 : weight,
  );
  // One in nine thinks otherwise of the level than most would.
  const other = random.happens(0.11) ? (level === 4 ? 3 : level + 1) : level;
  return { outcome, thresholdLevel: other as ThresholdLevel };
}

/** The decision as a person writes it down. */
export function decisionOn(
  random: Seeded,
  referral: PastReferral,
  concern: Concern,
  end: End,
  at: Temporal.Instant,
): PastDecision {
  const isSaid = random.happens(0.7);
  return {
    ...end,
    ...namedFor(end.outcome),
    rationale: random.pick(RATIONALES[end.outcome]),
    contradictionReason: referral.contradicts(at, end) ? random.pick(WHY_CONTRADICTORY) : '',
    analysis: {
      worries: isSaid ? concern.worries : '',
      workingWell: isSaid ? random.pick(WORKING_WELL) : '',
      needsToHappen: isSaid ? random.pick(NEEDS_TO_HAPPEN) : '',
      safetyScale: isSaid ? Math.min(10, Math.max(0, 9 - 2 * end.thresholdLevel + random.whole(-1, 1))) : null,
      childsVoice: random.happens(0.45) ? random.pick(CHILDS_VOICE) : '',
    },
  };
}
