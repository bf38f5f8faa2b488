/** How urgent a referral is, most urgent first. */
export const RATINGS = ['red', 'amber', 'green'] as const;
export type Rating = (typeof RATINGS)[number];

/** Place in the order of urgency: 1 red, 2 amber, 3 green. Also the priority of the referral's jobs. */
export function urgency(rating: Rating): 1 | 2 | 3 {
  return rating === 'red' ? 1 : rating === 'amber' ? 2 : 3;
}

export function isMoreUrgent(a: Rating, b: Rating): boolean {
  return urgency(a) < urgency(b);
}
