import type { DiscussionStanding, DiscussionTimes, WaitingDiscussion } from '#discussions';
import { clockInWords, dayAndTime, minutesInWords, monthInWords, ratingTag } from '../../shell/words/words.ts';

export function presentStanding(
  { asOf, period, waiting }: DiscussionStanding,
  { from, to }: { readonly from: Temporal.PlainYearMonth; readonly to: Temporal.PlainYearMonth },
  zone: string,
) {
  const [first, last] = [from.toString(), to.toString()];
  return {
    ...{ from: first, to: last },
    period: first === last ? monthInWords(first) : `${monthInWords(first)} to ${monthInWords(last)}`,
    facts: factsOf(period),
    waiting: waiting.map((one) => presentWaiting(one, asOf, zone)),
  };
}

/** What a page says of the discussions of a period. */
function factsOf({ held, inTime, notYetHeld, notHeld, median }: DiscussionTimes): readonly string[] {
  if (held + notYetHeld + notHeld === 0) return ['No strategy discussion was needed.'];
  return [
    median === null
      ? 'Half of them: not reached, because too many are not yet held.'
      : `Half of them were held within ${minutesInWords(median)} of the decision. Those not yet held count as waiting.`,
    `${held} held, ${inTime} of them in time.`,
    `${notYetHeld} not yet held.`,
    ...(notHeld === 0 ? [] : [`${notHeld} not to be held, with a manager’s reason. The median leaves them out.`]),
  ];
}

function presentWaiting(one: WaitingDiscussion, asOf: Temporal.Instant, zone: string) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, asOf, zone);
  return {
    href: `/referrals/${one.reference}`,
    reference: one.reference,
    who: one.child,
    tag: ratingTag(one.rating),
    waited: minutesInWords(Math.max(0, Math.floor(one.startedAt.until(asOf).total('minutes')))),
    since: when(one.startedAt),
    clock: clockInWords(one.dueAt, asOf, zone),
    planned: one.plannedFor === null ? 'Not called' : `For ${when(one.plannedFor)}`,
    another: one.number === 1 ? null : `discussion ${one.number}`,
    decidedBy: one.decidedBy,
  };
}
