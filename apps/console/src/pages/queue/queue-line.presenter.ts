import type { QueueLine } from '#work';
import { RESTRICTED } from '../../shell/referral/named.presenter.ts';
import { ageInWords } from '../../shell/words/age.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { shortDayAndTime } from '../../shell/words/short-clock.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

/** What is named in full: the rest of a long name, or of several concerns, is on the referral's page. */
const LONG_NAME = 24;

/** A referral as a line of the queue. */
export function presentLine(line: QueueLine, now: Temporal.Instant, zone: string) {
  const [clock, ...others] = runningClocks(line, now, zone);
  const [concern, ...concerns] = line.types;
  const isHidden = line.restriction === 'hidden';
  const child = isHidden ? RESTRICTED : line.child || 'Name not known';
  const page = `/referrals/${line.reference}`;
  return {
    href: isHidden ? `${page}/break-glass` : page,
    isHidden,
    reference: line.reference,
    child,
    inFull: child.length > LONG_NAME ? child : null,
    age: ageInWords(line, now.toZonedDateTimeISO(zone).toPlainDate()),
    others: line.otherChildren,
    rating: ratingTag(line.rating, line.firstRatedAt !== null || line.effectiveAt !== null),
    flags: flagsOf(line),
    concern: isHidden ? '' : concern === undefined ? 'Not said' : codeInWords(concern),
    concerns: concerns.map((type) => codeInWords(type).toLowerCase()),
    agency: line.agency,
    received: shortDayAndTime(line.receivedAt, now, zone),
    clock: clock ?? null,
    // What is due first stands first: of the others only one that is overdue too is said.
    alsoOverdue: others.filter(({ state }) => state === 'overdue').map(({ what }) => ALSO[what] ?? what.toLowerCase()),
    decided: line.effectiveAt === null ? null : presentDecided(line, line.effectiveAt, now, zone),
    holder: line.holder,
  };
}

const ALSO: Readonly<Record<string, string>> = { 'To be taken,': 'taking it', 'Statutory limit': 'legal limit' };

/** What a person is to know before they open it, the most urgent first. */
function flagsOf(line: QueueLine) {
  const flag = (isSet: boolean, text: string, meaning = '') => (isSet ? [{ text, meaning }] : []);
  const { knownBefore } = line;
  return [
    ...flag(line.immediateDanger, 'danger', 'now'),
    ...flag(line.restriction === 'open', 'restricted', 'to named people'),
    ...flag(line.isReopened, 'opened again'),
    ...flag(line.isReturned && !line.isReopened, 'returned'),
    ...flag(line.isChallenged, 'challenged'),
    ...flag(knownBefore > 0, `known ${knownBefore}`, `earlier referral${knownBefore === 1 ? '' : 's'}`),
  ];
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
