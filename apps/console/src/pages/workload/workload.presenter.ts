import type { NamedReferral, ReadWorkload } from '#work';
import { namedInWords } from '../../shell/referral/named.presenter.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

type Workload = Awaited<ReturnType<ReadWorkload['execute']>>;

/** Who holds what, and what was put down. */
export function presentWorkload(
  { people, putDown, now }: Workload,
  named: ReadonlyMap<string, NamedReferral>,
  zone: string,
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  return {
    people: people.map((one) => ({
      ...one,
      held: one.red + one.amber + one.green,
      since: one.since === null ? '' : when(one.since),
      href: `/queue?view=waiting&holder=${one.id}`,
    })),
    putDown: putDown.map((one) => ({
      ...one,
      named: namedInWords(named.get(one.reference), now, zone),
      how: codeInWords(one.how),
      tag: ratingTag(one.rating, named.get(one.reference)?.isRatingConfirmed),
      at: when(one.at),
      now: one.isDecided ? 'Decided' : (one.holder ?? 'Not allocated'),
    })),
  };
}
