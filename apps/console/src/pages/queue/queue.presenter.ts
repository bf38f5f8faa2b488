import { LINES_SHOWN, QUEUE_VIEWS, type Queue, type QueueLine, type QueueView } from '#triage';
import { clockInWords, codeInWords, dayAndTime, ratingTag } from '../../layout/words.ts';

const VIEW_NAMES: Readonly<Record<QueueView, string>> = {
  waiting: 'Waiting for a decision',
  mine: 'Held by me',
  'sign-off': 'Waiting for sign-off',
  decided: 'Decided',
};

const EMPTY: Readonly<Record<QueueView, string>> = {
  waiting: 'Nothing is waiting for a decision.',
  mine: 'You hold nothing. Take the next one from the queue.',
  'sign-off': 'Nothing is waiting for sign-off.',
  decided: 'Nothing has been decided yet.',
};

/** What the queue page shows. */
export function presentQueue(view: QueueView, { lines, counts, lastReceivedAt, now }: Queue, zone: string) {
  return {
    view,
    title: VIEW_NAMES[view],
    tabs: QUEUE_VIEWS.map((one) => ({
      href: `/queue?view=${one}`,
      text: `${VIEW_NAMES[one]} (${counts[one]})`,
      isCurrent: one === view,
    })),
    rows: lines.map((line) => presentLine(line, now, zone)),
    more: counts[view] > lines.length ? `The first ${LINES_SHOWN} of ${counts[view]} are shown.` : null,
    empty: EMPTY[view],
    lastReceived: lastReceivedAt === null ? null : dayAndTime(lastReceivedAt, now, zone),
  };
}

function presentLine(line: QueueLine, now: Temporal.Instant, zone: string) {
  const others = line.otherChildren;
  return {
    href: `/referrals/${line.reference}`,
    reference: line.reference,
    child: line.child || 'Name not known',
    others: others === 0 ? null : `and ${others} other ${others === 1 ? 'child' : 'children'}`,
    rating: ratingTag(line.rating),
    immediateDanger: line.immediateDanger,
    concern: line.types
      .map((type, index) => (index === 0 ? codeInWords(type) : codeInWords(type).toLowerCase()))
      .join(', '),
    agency: line.agency,
    received: dayAndTime(line.receivedAt, now, zone),
    clock: line.effectiveAt === null ? clockInWords(line.decisionDueAt, now, zone) : null,
    decided: line.effectiveAt === null ? null : presentDecided(line.effectiveAt, line.decisionDueAt, now, zone),
    what: line.status === 'awaiting_sign_off' ? 'Sign-off' : 'Decision',
    holder: line.holder,
  };
}

function presentDecided(effective: Temporal.Instant, due: Temporal.Instant, now: Temporal.Instant, zone: string) {
  const onTime = Temporal.Instant.compare(effective, due) <= 0;
  return { at: dayAndTime(effective, now, zone), word: onTime ? 'On time' : 'Late' };
}
