import type { StaffActor } from '#access';
import type { ReferralPage } from '#referrals';
import type { NamedReferral } from '#work';
import { namedInWords } from '../../shell/referral/named.presenter.ts';

/**
 * When this person pressed what they took back since, and may have been given the next referral by: the decision, or
 * the rating with which a screener sent it on.
 */
export function pressesTakenBack(page: ReferralPage, by: StaffActor): readonly Temporal.Instant[] {
  if (page.status !== 'awaiting_decision') return [];
  const { holderId, claimedAt } = page;
  const decided = page.decisions.filter(({ byId, undoneAt }) => byId === by.id && undoneAt !== null);
  const isAfter = (at: Temporal.Instant) => claimedAt !== null && Temporal.Instant.compare(claimedAt, at) >= 0;
  // What was sent on and is with the same person again, they have taken again after that.
  const sent = holderId === by.id ? page.ratings.filter(({ byId, at }) => byId === by.id && isAfter(at)) : [];
  return [...decided, ...sent].map(({ at }) => at);
}

export function presentAlsoHeld(
  references: readonly string[],
  named: ReadonlyMap<string, NamedReferral>,
  now: Temporal.Instant,
  zone: string,
) {
  return references.map((reference) => ({
    reference,
    href: `/referrals/${reference}`,
    named: namedInWords(named.get(reference), now, zone),
  }));
}
