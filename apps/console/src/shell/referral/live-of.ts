import type { StaffActor } from '#access';
import type { ReferralPage } from '#referrals';

/** What a page about a referral needs to hear of changes, and who else looks at it already. */
export function liveOf({ reference, version, now, looking }: ReferralPage, by: StaffActor) {
  return {
    liveOn: reference,
    since: now.epochMilliseconds,
    version,
    looking: looking.filter(({ id }) => id !== by.id).map(({ name }) => name),
  };
}
