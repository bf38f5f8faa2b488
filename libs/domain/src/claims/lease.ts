/**
 * Minutes that a claim lasts after its holder last worked on the referral (decision record 14). Code and not policy: no
 * deadline depends on them.
 */
export const CLAIM_LEASE_MINUTES = 30;

/**
 * Hours, the length of a shift, in which "take the next one" does not give a person a referral that this person has
 * skipped, or has given back with a note (decision record 14).
 */
export const NOT_AGAIN_HOURS = 12;

/**
 * When a claim lapses if its holder does nothing after `now`.
 *
 * @param now the instant at which the holder claimed the referral or worked on it
 * @returns an instant, {@link CLAIM_LEASE_MINUTES} elapsed minutes later
 */
export function claimLapsesAt(now: Temporal.Instant): Temporal.Instant {
  return now.add({ minutes: CLAIM_LEASE_MINUTES });
}
