/** The ratings, most urgent first (policy key `ratings`; hubs' published rating policies). */
export const RATINGS = ['red', 'amber', 'green'] as const;
/** How urgent a referral is. */
export type Rating = (typeof RATINGS)[number];

/**
 * A rating as a number for sorting. It is stored beside the rating, and it is the priority of the referral's jobs.
 *
 * @returns 1 for red, 2 for amber, 3 for green
 */
export function urgency(rating: Rating): 1 | 2 | 3 {
  return rating === 'red' ? 1 : rating === 'amber' ? 2 : 3;
}

/** Whether rating `a` is more urgent than rating `b`; false when they are the same. */
export function isMoreUrgent(a: Rating, b: Rating): boolean {
  return urgency(a) < urgency(b);
}
