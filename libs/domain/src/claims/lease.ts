/** Minutes for which a claim lasts when its holder does nothing. Working on the referral begins them anew. */
export const CLAIM_LEASE_MINUTES = 30;

/** Hours for which somebody who skipped a referral or gave it back is not given it by taking the next one: a shift. */
export const NOT_AGAIN_HOURS = 12;

/** Until when a claim lasts if its holder does nothing after this instant. */
export function claimLapsesAt(now: Temporal.Instant): Temporal.Instant {
  return now.add({ minutes: CLAIM_LEASE_MINUTES });
}
