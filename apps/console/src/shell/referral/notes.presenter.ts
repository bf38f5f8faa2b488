import type { ReferralPage } from '#referrals';
import { presentAct } from './act.presenter.ts';

/** The notes and calls on a referral, the latest first. @param when an instant in words */
export function presentNotes({ timeline }: ReferralPage, when: (instant: Temporal.Instant) => string) {
  return timeline
    .filter(({ act }) => act === 'referral.note-written')
    .map((line) => ({ by: line.by, at: when(line.at), detail: presentAct(line).detail, note: line.note }));
}
