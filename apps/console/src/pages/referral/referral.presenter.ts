import type { StaffActor } from '#access';
import { OPENINGS_SHOWN, type Opening } from '#audit';
import { instantInWords, mayFamilyBeTold } from '#domain';
import type { GivenRating, ReferralPage } from '#referrals';
import { summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { countingOfAct, openingInWords, presentAct } from '../../shell/referral/act.presenter.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { presentRelated } from '../../shell/referral/related.presenter.ts';
import { isRatingConfirmed } from '../../shell/referral/is-rating-confirmed.ts';
import { presentCaseChecks } from '../../shell/referral/case-checks.presenter.ts';
import { presentChildViews } from '../../shell/referral/child-views.presenter.ts';
import { presentFlags } from '../../shell/referral/flags.presenter.ts';
import { presentNotes } from '../../shell/referral/notes.presenter.ts';
import { liveOf } from '../../shell/referral/live-of.ts';
import { presentWarnings } from '../../shell/referral/warnings.presenter.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { dayAndTime, ratingTag, STATUSES } from '../../shell/words/words.ts';
import { namesOfChildren } from '../decision/each-child.presenter.ts';
import { presentActions } from './actions.presenter.ts';
import { presentDecision } from './decision-parts.presenter.ts';
import { householdOf, identityOf } from './identity.presenter.ts';
import { presentPeople } from './people-tables.presenter.ts';
import { latestDecision, reopeningOf, returnedOf, returnOf } from './referral-state.ts';
import { sectionsOf, submittedRows } from './submitted.presenter.ts';
import { presentClocks, presentResponseTime, presentRulesOfClocks } from './times.presenter.ts';

/** What the page of a referral shows. @param isPaper it is read when `today` is another day: it has whole dates */
export function presentReferral(page: ReferralPage, by: StaffActor, zone: string, isPaper = false) {
  const when = (instant: Temporal.Instant) =>
    isPaper ? instantInWords(instant, zone) : dayAndTime(instant, page.now, zone);
  const { submitted } = page;
  const identity = identityOf(page, zone);
  const suggested = page.ratings.find(({ matched }) => matched !== null)!;
  const written = (part: object | undefined, leaveOut?: readonly string[]) =>
    summaryListOrNone(submittedRows(part, zone, leaveOut));
  const isOpen = page.status !== 'decided';
  const decisions = page.decisions.map((decision) => presentDecision(decision, namesOfChildren(page), when));
  return {
    ...liveOf(page, by),
    reference: page.reference,
    title: childrenInWords(page),
    status: isOpen ? againInWords(page) : STATUSES[page.status],
    rating: ratingTag(page.rating),
    ...presentWarnings(page),
    agency: page.agency,
    holder: page.holder,
    isMine: page.holderId === by.id,
    isDecided: !isOpen,
    lapses: page.status === 'awaiting_decision' && page.claimLapsesAt !== null ? when(page.claimLapsesAt) : null,
    identity,
    identityList: summaryListOrNone(identity),
    printed: `${page.reference}, printed by ${by.name}, ${instantInWords(page.now, zone)}. For those who need to know only.`,
    actions: presentActions(page, by),
    clocks: presentClocks(page, zone, when),
    running: runningClocks(page, page.now, zone),
    isSuggested: !isRatingConfirmed(page),
    responseTime: presentResponseTime(page, zone, when),
    suggestedRating: suggested.rating,
    suggested: suggested.matched,
    ratings: page.ratings.map((rating) => presentRating(rating, when)),
    decisions,
    undo: undoOf(page, by),
    latestDecision: decisions.at(-1) ?? null,
    familyMayKnow: mayKnow(page),
    childsVoice: written(submitted.childsVoice),
    summary: submitted.concern.summary,
    sections: sectionsOf(page, zone),
    people: presentPeople(page, zone),
    children: page.children.map((child, index) => ({ title: `Child ${index + 1}`, list: written(child) })),
    household: summaryListOrNone(householdOf(page)),
    adults: page.adults.map((adult, index) => ({ title: `Adult ${index + 1}`, list: written(adult) })),
    related: presentRelated(page, when),
    setBy: presentRulesOfClocks(page),
    timeline: page.timeline.map((line) => ({
      ...{ ...presentAct(line), counting: countingOfAct(line) },
      ...{ at: when(line.at), by: line.by, note: line.note },
    })),
    returned: isOpen ? returnedOf(page, when) : null,
    latestNote: latestNote(page, when),
    notes: presentNotes(page, when),
    caseChecks: { children: presentCaseChecks(page, when), href: null },
    childViews: presentChildViews(page, when),
    flags: presentFlags(page.flags, when),
    openings: together(page.openings, when),
    areOpeningsCut: page.openings.length === OPENINGS_SHOWN,
  };
}

/** How an open referral stands: its last decision may have come back. */
function againInWords(page: ReferralPage): string {
  if (returnOf(page) !== null) return 'Returned: to be decided again';
  return reopeningOf(page) === null ? STATUSES[page.status] : 'Opened again: to be decided again';
}

/** The acts by which one person leaves a referral to another; what was written with others stands elsewhere. */
const HAND_OVER = /^referral\.(given-back|assigned|skipped|noted)$/;

/** What the person who had it before wrote for the next, while a person has to act on it. */
function latestNote({ status, timeline }: ReferralPage, when: (instant: Temporal.Instant) => string) {
  const line =
    status === 'decided' ? undefined : timeline.find(({ act, note }) => note !== null && HAND_OVER.test(act));
  return line && { by: line.by, at: when(line.at), note: line.note };
}

/** One line for what a person opened again and again with no person between. */
function together(openings: readonly Opening[], when: (instant: Temporal.Instant) => string) {
  const lines: { by: string; what: string; reason: string | null; at: string; first: string; times: number }[] = [];
  for (const { at, by, act, isInEmergency, reason } of openings) {
    const [last, what] = [lines.at(-1), `${openingInWords(act)}${isInEmergency ? ', in an emergency' : ''}`];
    if (last?.by === by && last.what === what && last.reason === reason)
      Object.assign(last, { first: when(at), times: last.times + 1 });
    else lines.push({ by, what, reason, at: when(at), first: when(at), times: 1 });
  }
  return lines;
}

/** What this person may take back that they just did, and the whole seconds left for it; null when there is nothing. */
function undoOf(page: ReferralPage, by: StaffActor): { readonly undoes: string; readonly seconds: number } | null {
  const decision = latestDecision(page);
  if (decision === undefined || page.undoableUntil === null) return null;
  const seconds = Math.floor((page.undoableUntil.epochMilliseconds - page.now.epochMilliseconds) / 1000);
  const act = decision.signOff?.result === 'agreed' ? decision.signOff : decision;
  return seconds > 0 && act.byId === by.id ? { undoes: act.id, seconds } : null;
}

function presentRating({ rating, by, reason, at }: GivenRating, when: (instant: Temporal.Instant) => string) {
  return { rating: ratingTag(rating), by, reason, at: when(at) };
}

/** Whether the sheet for the family may say what was decided: for all children, and of each that has another outcome. */
function mayKnow(page: ReferralPage): boolean {
  const decision = latestDecision(page);
  if (decision === undefined) return false;
  const others = decision.children.flatMap(({ other }) => (other === null ? [] : [other.outcome]));
  return [decision.outcome, ...others].every(mayFamilyBeTold);
}
