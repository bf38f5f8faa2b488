import type { ReadHandovers } from '#rota';
import { clockInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

type Handovers = Awaited<ReturnType<ReadHandovers['execute']>>;

const TEAMS = { emergency_duty_team: 'the emergency duty team', hub: 'the hub' } as const;

export function presentHandovers({ handovers, now }: Handovers, zone: string) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  return handovers.map((one) => ({
    ...one,
    title: `To ${TEAMS[one.passesTo]}, ${when(one.at)}`,
    accepted: one.acceptedAt === null ? null : `Accepted by ${one.acceptedBy} ${when(one.acceptedAt)}`,
    referrals: one.referrals.map((referral) => ({
      ...referral,
      tag: ratingTag(referral.rating),
      clock: referral.status === 'decided' ? null : clockInWords(referral.dueAt, now, zone),
    })),
    notes: one.notes.map((note) => ({ ...note, at: when(note.at) })),
  }));
}
