import { may, type StaffActor } from '#access';
import type { AuditLine } from '#audit';
import type { RecordedDecision, ReferralPage } from '#referrals';

/** The acts that open a decided referral again. */
export const REOPENINGS: readonly string[] = ['referral.reopened-by-sample', 'referral.reopened-by-route'];

/** Another person holds it, and this person may not act over their head. */
export function isHeldByAnother({ holderId }: Pick<ReferralPage, 'holderId'>, by: StaffActor): boolean {
  return holderId !== null && holderId !== by.id && !may(by, 'claim:override');
}

/** The latest decision that was not taken back. */
export function latestDecision({ decisions }: ReferralPage): RecordedDecision | undefined {
  return decisions.findLast(({ undoneAt }) => undoneAt === null);
}

/** The return of the last decision, when that is how it stands. */
export function returnOf({ decisions }: ReferralPage) {
  const { signOff = null, undoneAt = null } = decisions.at(-1) ?? {};
  return signOff?.result === 'returned' && undoneAt === null ? signOff : null;
}

/** How the referral was opened again after its last decision, by a sample or by its route, when that is how it stands. */
export function reopeningOf({ status, timeline, decisions }: ReferralPage): AuditLine | null {
  const line = timeline.find(({ act }) => REOPENINGS.includes(act));
  const last = decisions.at(-1);
  if (status === 'decided' || line === undefined || last === undefined) return null;
  return Temporal.Instant.compare(last.at, line.at) < 0 ? line : null;
}

/**
 * Why the last decision is to be made again, for who decides: a manager returned it, a sample found that it may leave a
 * child unsafe, or those whom the family was sent to do not take it; null when none did.
 */
export function returnedOf(page: ReferralPage, when: (instant: Temporal.Instant) => string) {
  const signOff = returnOf(page);
  if (signOff !== null) {
    const { by, comments } = signOff;
    return {
      heading: 'Decision that was returned',
      how: 'Returned',
      by,
      comments,
      at: when(Temporal.Instant.from(signOff.at)),
    };
  }
  const line = reopeningOf(page);
  if (line === null) return null;
  const { heading, how } = line.act === 'referral.reopened-by-route' ? BY_ROUTE : BY_SAMPLE;
  return { heading, how, by: line.by, comments: line.note, at: when(line.at) };
}

const BY_SAMPLE = {
  heading: 'Decision that a sample opened again',
  how: 'Opened again after a sample, because a child may be unsafe,',
};
const BY_ROUTE = {
  heading: 'Decision to be made again',
  how: 'Opened again, because those whom it was sent to do not take it,',
};
