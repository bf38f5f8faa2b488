/** A referral that was written on paper can be typed for so many days. */
export const PAPER_DAYS = 7;

/**
 * Whether a referral that is typed now can have come at an earlier instant: while the service was away, people of the hub
 * write on paper, and the clocks begin when the hub was told.
 *
 * @param at when it came
 * @param now the instant at which it is typed
 */
export function mayHaveCome(at: Temporal.Instant, now: Temporal.Instant): boolean {
  const hours = now.since(at).total('hours');
  return hours >= 0 && hours <= PAPER_DAYS * 24;
}
