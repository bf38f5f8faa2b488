import { RATINGS, urgency, type Rating } from './rating.ts';

/** A rating that a referral was given, in the order of time. */
export interface RatingInHistory {
  readonly rating: Rating;
  /** The id of the person who gave it; null for the suggestion of the rules. */
  readonly by: string | null;
}

/**
 * Who lowered a rating by which step, since the referral was last rated more urgent than that step: `amber` from red
 * to amber, `green` from amber to green. A step that was not taken, or that a rise took back, is missing.
 */
type StepsDown = Partial<Record<Rating, string | null>>;

function stepsDown(history: readonly RatingInHistory[]): StepsDown {
  let steps: StepsDown = {};
  history.forEach(({ rating, by }, index) => {
    const from = index === 0 ? rating : history[index - 1]!.rating;
    const kept = RATINGS.filter((step) => urgency(step) <= urgency(from) && urgency(step) <= urgency(rating));
    const taken = RATINGS.filter((step) => urgency(step) > urgency(from) && urgency(step) <= urgency(rating));
    steps = Object.fromEntries([
      ...kept.flatMap((step) => (step in steps ? [[step, steps[step]] as const] : [])),
      ...taken.map((step) => [step, by] as const),
    ]);
  });
  return steps;
}

/** Whether both steps from red to green were taken, and by one person. */
function isLoweredTwiceByOne({ amber, green }: StepsDown): boolean {
  return amber !== undefined && green !== undefined && amber === green;
}

/**
 * Whether a manager may not lower a rating alone (hubs' published rating policies: a manager lowers, with a reason;
 * decision record 30). Red to green is two steps, and one person takes one of them at most, however many acts they use.
 *
 * @param history every rating that the referral has had, the first one first
 * @param to the rating that the person wants to give
 * @param by the id of the person
 */
export function needsAnotherManager(history: readonly RatingInHistory[], to: Rating, by: string): boolean {
  const from = history.at(-1)?.rating ?? to;
  return urgency(to) > urgency(from) && isLoweredTwiceByOne(stepsDown([...history, { rating: to, by }]));
}

/**
 * Whether a decision on a referral is judged as one on a red: it is red, or it was lowered from red by one person
 * alone, who must not end by that way what no other person has looked at (decision record 30).
 *
 * @param history every rating that the referral has had, the first one first
 */
export function countsAsRed(history: readonly RatingInHistory[]): boolean {
  if (history.at(-1)?.rating === 'red') return true;
  const { amber, green } = stepsDown(history);
  return amber !== undefined && (green === undefined || green === amber);
}
