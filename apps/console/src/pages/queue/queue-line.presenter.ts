import type { QueueLine } from '#work';
import { ageInWords } from '../../shell/words/age.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

/** A referral as a line of the queue. */
export function presentLine(line: QueueLine, now: Temporal.Instant, zone: string) {
  const others = line.otherChildren;
  return {
    href: `/referrals/${line.reference}`,
    reference: line.reference,
    child: line.child || 'Name not known',
    age: ageInWords(line, now.toZonedDateTimeISO(zone).toPlainDate()),
    others: others === 0 ? null : `and ${others} other ${others === 1 ? 'child' : 'children'}`,
    rating: ratingTag(line.rating),
    immediateDanger: line.immediateDanger,
    concern: line.types
      .map((type, index) => (index === 0 ? codeInWords(type) : codeInWords(type).toLowerCase()))
      .join(', '),
    agency: line.agency,
    referrerRole: line.referrerRole,
    received: dayAndTime(line.receivedAt, now, zone),
    clocks: runningClocks(line, now, zone),
    isScreened: line.firstRatedAt !== null,
    decided: line.effectiveAt === null ? null : presentDecided(line, line.effectiveAt, now, zone),
    holder: line.holder,
    marks: [
      ...(line.isReopened ? ['Opened again'] : line.isReturned ? ['Returned'] : []),
      ...(line.isChallenged ? ['Challenged'] : []),
    ],
  };
}

function presentDecided(line: QueueLine, effectiveAt: Temporal.Instant, now: Temporal.Instant, zone: string) {
  const onTime = Temporal.Instant.compare(effectiveAt, line.decisionDueAt) <= 0;
  return {
    at: dayAndTime(effectiveAt, now, zone),
    word: onTime ? 'On time' : 'Late',
    outcome: line.outcome === null ? null : codeInWords(line.outcome),
    by: line.decidedBy,
  };
}
