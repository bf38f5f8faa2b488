import { may, type StaffActor } from '#access';
import { OPENINGS_SHOWN, type Opening } from '#audit';
import { dueInWords, instantInWords, minutesInWords } from '#domain';
import type { DeadlineLine, GivenRating, RecordedDecision, ReferralPage } from '#referrals';
import { liveOf } from '../../shell/referral/live-of.ts';
import { spanInWords } from '../../shell/words/policy-words.ts';
import { clockInWords, codeInWords, dayAndTime, ratingTag, STATUSES } from '../../shell/words/words.ts';
import { openingInWords, presentAct } from '../../shell/referral/act.presenter.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { householdOf, identityOf } from './identity.presenter.ts';
import { submittedRows } from './submitted.presenter.ts';

/** What the page of a referral shows. @param isPaper it is read when `today` is another day: it has whole dates */
export function presentReferral(page: ReferralPage, by: StaffActor, zone: string, isPaper = false) {
  const when = (instant: Temporal.Instant) =>
    isPaper ? instantInWords(instant, zone) : dayAndTime(instant, page.now, zone);
  const { submitted } = page;
  const isOpen = page.status !== 'decided';
  const decisions = page.decisions.map((decision) => presentDecision(decision, when));
  return {
    ...liveOf(page, by),
    reference: page.reference,
    title: childrenInWords(page),
    status: returnOf(page) !== null && isOpen ? 'Returned: to be decided again' : STATUSES[page.status],
    rating: ratingTag(page.rating),
    immediateDanger: page.immediateDanger,
    agency: page.agency,
    holder: page.holder,
    isMine: page.holderId === by.id,
    isDecided: !isOpen,
    lapses: page.status === 'awaiting_decision' && page.claimLapsesAt !== null ? when(page.claimLapsesAt) : null,
    identity: identityOf(page, zone),
    printed: `${page.reference}, printed by ${by.name}, ${instantInWords(page.now, zone)}. For those who need to know only.`,
    may: {
      claim: isOpen && page.holderId === null,
      giveBack:
        page.status === 'awaiting_decision' &&
        (page.holderId === by.id || (page.holderId !== null && may(by, 'claim:override'))),
      skip: page.status === 'awaiting_decision' && page.holderId === by.id,
      assign: page.status === 'awaiting_decision' && (page.holderId === by.id || may(by, 'claim:assign')),
      rate: page.status === 'awaiting_decision',
      decide: page.status === 'awaiting_decision' && may(by, 'referral:decide') && !isHeldByAnother(page, by),
      signOff: page.status === 'awaiting_sign_off' && may(by, 'decision:sign-off') && standing(page)?.byId !== by.id,
    },
    clocks: presentClocks(page, zone, when),
    responseTime: presentResponseTime(page, zone, when),
    isScreened: page.ratings.some(({ by: person }) => person !== null),
    suggested: page.ratings.find(({ matched }) => matched !== null)!,
    ratings: page.ratings.map((rating) => presentRating(rating, when)),
    decisions,
    undo: undoOf(page, by),
    latestDecision: decisions.at(-1) ?? null,
    childsVoice: submittedRows(submitted.childsVoice, zone),
    summary: submitted.concern.summary,
    sections: [
      { title: 'The concern', rows: submittedRows(submitted.concern, zone, ['summary']) },
      { title: 'Signs of Safety', rows: submittedRows(submitted.signsOfSafety, zone) },
      { title: 'Parents', rows: submittedRows(submitted.parentsInformed, zone) },
      { title: "The family's agreement to work with services", rows: submittedRows(submitted.agreement, zone) },
      {
        title: 'Who referred',
        rows: [{ key: 'Agency', value: page.agency }, ...submittedRows(submitted.referrer, zone)],
      },
      { title: 'Everything else that was sent', rows: submittedRows(submitted, zone, SHOWN_ELSEWHERE) },
    ].filter(({ rows }) => rows.length > 0),
    children: page.children.map((child, index) => ({ title: `Child ${index + 1}`, rows: submittedRows(child, zone) })),
    household: householdOf(page),
    adults: page.adults.map((adult, index) => ({ title: `Adult ${index + 1}`, rows: submittedRows(adult, zone) })),
    earlier: page.earlier.map(({ reference, receivedAt, matchedOn }) => ({
      reference,
      received: when(receivedAt),
      matchedOn: codeInWords(matchedOn).toLowerCase().replace('nhs', 'NHS').replace('upn', 'UPN'),
    })),
    timeline: page.timeline.map((line) => ({ ...presentAct(line), at: when(line.at), by: line.by, note: line.note })),
    returned: isOpen ? returnedOf(page, when) : null,
    latestNote: latestNote(page, when),
    openings: together(page.openings, when),
    areOpeningsCut: page.openings.length === OPENINGS_SHOWN,
  };
}

/** What whoever had it before wrote for the next, while somebody has to act on it. */
function latestNote({ status, timeline }: ReferralPage, when: (instant: Temporal.Instant) => string) {
  const line = status === 'decided' ? undefined : timeline.find(({ note }) => note !== null);
  return line && { by: line.by, at: when(line.at), note: line.note };
}

/** One line for what somebody opened again and again with nobody between. */
function together(openings: readonly Opening[], when: (instant: Temporal.Instant) => string) {
  const lines: { by: string; what: string; at: string; first: string; times: number }[] = [];
  for (const { at, by, act } of openings) {
    const [last, what] = [lines.at(-1), openingInWords(act)];
    if (last?.by === by && last.what === what) Object.assign(last, { first: when(at), times: last.times + 1 });
    else lines.push({ by, what, at: when(at), first: when(at), times: 1 });
  }
  return lines;
}

const SHOWN_ELSEWHERE = [
  'concern', 'signsOfSafety', 'parentsInformed', 'agreement', 'referrer', 'childsVoice', 'immediateDanger',
]; // prettier-ignore

/** Somebody else holds it, and this person may not act over their head. */
export function isHeldByAnother({ holderId }: ReferralPage, by: StaffActor): boolean {
  return holderId !== null && holderId !== by.id && !may(by, 'claim:override');
}

/** The latest decision that was not taken back. */
function standing({ decisions }: ReferralPage): RecordedDecision | undefined {
  return decisions.findLast(({ undoneAt }) => undoneAt === null);
}

/** The return of the last decision, when that is how it stands. */
function returnOf({ decisions }: ReferralPage) {
  const { signOff = null, undoneAt = null } = decisions.at(-1) ?? {};
  return signOff?.result === 'returned' && undoneAt === null ? signOff : null;
}

/** Why a manager returned the last decision, for who decides again; null when nobody did. */
export function returnedOf(page: ReferralPage, when: (instant: Temporal.Instant) => string) {
  const signOff = returnOf(page);
  return signOff && { by: signOff.by, comments: signOff.comments, at: when(Temporal.Instant.from(signOff.at)) };
}

/** What this person may take back that they just did, and the whole seconds left for it; null when there is nothing. */
function undoOf(page: ReferralPage, by: StaffActor): { readonly act: string; readonly seconds: number } | null {
  const decision = standing(page);
  if (decision === undefined || page.undoableUntil === null) return null;
  const seconds = Math.floor((page.undoableUntil.epochMilliseconds - page.now.epochMilliseconds) / 1000);
  const act = decision.signOff?.result === 'agreed' ? decision.signOff : decision;
  return seconds > 0 && act.byId === by.id ? { act: act.id, seconds } : null;
}

const CLOCKS: Readonly<Record<DeadlineLine['kind'], string>> = { decision: 'Decision', claim: 'To be taken' };

function presentClocks(
  { deadlines, statutoryDueAt, status, now }: ReferralPage,
  zone: string,
  when: (instant: Temporal.Instant) => string,
) {
  const names = { ...CLOCKS, decision: status === 'awaiting_sign_off' ? 'Sign-off' : CLOCKS.decision };
  const lines = deadlines.map((deadline) => {
    const { kind, rating, dueAt, state, endedAt, pausedUntil } = deadline;
    const late = endedAt !== null && Temporal.Instant.compare(dueAt, endedAt) < 0;
    return {
      name: `${names[kind]} (${rating})`,
      dueAt,
      due: dueInWords(dueAt, zone),
      running: state === 'open' ? clockInWords(dueAt, now, zone) : null,
      ended:
        endedAt === null
          ? null
          : `was due ${when(dueAt)}; ${state === 'met' ? 'done' : 'replaced by a new rating'} ${when(endedAt)}${late ? ', late' : ', in time'}`,
      pausedUntil: pausedUntil !== null && Temporal.Instant.compare(now, pausedUntil) < 0 ? when(pausedUntil) : null,
      rule: `${spanInWords(deadline.within)} after receipt at the latest (policy version ${deadline.policyVersion}, calendar version ${deadline.calendarVersion})`,
    };
  });
  const statutory = {
    name: 'Statutory limit of one working day',
    dueAt: statutoryDueAt,
    due: dueInWords(statutoryDueAt, zone),
    running: status === 'decided' ? null : clockInWords(statutoryDueAt, now, zone),
    ended: status === 'decided' ? `was ${dueInWords(statutoryDueAt, zone)}` : null,
    pausedUntil: null,
    rule: null,
  };
  // As on every other page: what runs before what has ended, and of that what is due first.
  return [...lines, statutory].sort(
    (a, b) =>
      Number(a.running === null) - Number(b.running === null) ||
      (a.running === null ? 0 : Temporal.Instant.compare(a.dueAt, b.dueAt)),
  );
}

function presentResponseTime(
  { responseTime: time }: ReferralPage,
  zone: string,
  when: (instant: Temporal.Instant) => string,
) {
  if (time === null) return null;
  const orNever = (instant: Temporal.Instant | null) => (instant === null ? 'Never' : when(instant));
  return {
    heading: `Response time: ${time.onTime ? 'on time' : 'late'}, statutory limit ${time.withinStatutoryLimit ? 'kept' : 'missed'}`,
    rows: [
      { key: 'Received', value: when(time.receivedAt) },
      { key: 'First opened', value: orNever(time.firstOpenedAt) },
      { key: 'First taken', value: orNever(time.firstClaimedAt) },
      { key: 'First rated by a person', value: orNever(time.firstRatedAt) },
      { key: 'Decided', value: when(time.decidedAt) },
      { key: 'In effect', value: when(time.effectiveAt) },
      { key: 'Was due', value: `${when(time.dueAt)}: ${time.onTime ? 'on time' : 'late'}` },
      {
        key: 'Statutory limit',
        value: `${dueInWords(time.statutoryDueAt, zone)}: ${time.withinStatutoryLimit ? 'kept' : 'missed'}`,
      },
      { key: 'Elapsed time', value: minutesInWords(time.elapsedMinutes) },
      { key: 'Working time', value: `${workingTimeInWords(time.workingMinutes)}` },
      {
        key: 'Measured under',
        value: `policy version ${time.policyVersion}, calendar version ${time.calendarVersion}`,
      },
    ],
  };
}

/** Working time is not counted in days of 24 hours. */
function workingTimeInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? minutesInWords(minutes) : `${hours} hour${hours === 1 ? '' : 's'} ${minutes % 60} minutes`;
}

function presentRating({ rating, by, reason, at }: GivenRating, when: (instant: Temporal.Instant) => string) {
  return { rating: ratingTag(rating), by, reason, at: when(at) };
}

/** A decision as pages show it. @param when an instant in words */
export function presentDecision(decision: RecordedDecision, when: (instant: Temporal.Instant) => string) {
  const { outcome, thresholdLevel, rationale, by, at, signOffReasons, signOff, undoneAt } = decision;
  return {
    outcome: codeInWords(outcome),
    thresholdLevel,
    rationale,
    analysis: [
      { key: 'What are we worried about?', value: decision.worries },
      { key: 'What is working well?', value: decision.workingWell },
      { key: 'What needs to happen?', value: decision.needsToHappen },
      { key: 'How safe is it, from 0 to 10?', value: decision.safetyScale },
      { key: 'The child’s voice', value: decision.childsVoice },
    ].filter(({ value }) => value !== null),
    undone: undoneAt && when(undoneAt),
    by,
    at: when(at),
    signOffReasons: signOffReasons.map(codeInWords),
    signOff: signOff && { ...signOff, at: when(Temporal.Instant.from(signOff.at)) },
  };
}
