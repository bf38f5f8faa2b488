import type { StaffActor } from '#access';
import {
  claimLapsesAt,
  contradicts,
  countsAsRed,
  dueTimesAfterRerating,
  hasChildUnderOne,
  isMoreUrgent,
  localDate,
  responseTime,
  signOffReasons,
  undoableUntil,
  type Rating,
  type RatingInHistory,
  type SignOffReason,
} from '#domain';
import { CONFIRMED_IN_DECIDING, reasonByRules } from '#referrals';
import {
  ClaimNote,
  Decision,
  RecordedRating,
  RecordedResponseTime,
  Route,
  RouteChoice,
  SERVICE,
  SignOff,
  Undoing,
  type NewRow,
} from '#store';
import { LivingReferral, type Answers } from './living-referral.ts';
import type { PastDecision } from './past-act.ts';
import type { Arrival } from './arrival.ts';
import { acceptRoute, routeOf } from './past-routes.ts';
import { saidBeside } from './recorded-beside.ts';
import { sentForm } from './sent-form.ts';
import { inForceAt, isBefore, type World } from './world.ts';

/**
 * One past referral and the acts of people: each adds the rows that its use case would. A test plays the same acts by the
 * use cases and compares every row.
 */
export class PastReferral extends LivingReferral {
  private readonly ratings: RatingInHistory[];
  private decision: NewRow<Decision> | null = null;
  private agreement: NewRow<SignOff> | null = null;
  private route: NewRow<Route> | null = null;

  constructor(world: World, arrival: Arrival, answers: Answers) {
    super(world, arrival, answers);
    this.ratings = [{ rating: this.row.rating, by: null }];
  }

  read(at: Temporal.Instant, by: StaffActor): void {
    this.passTo(at);
    this.row.firstOpenedAt ??= at;
    this.keepHold(at, by);
    this.record(at, by, 'referral.read');
    this.acts.push({ kind: 'read', at, by });
  }

  /** @param how `next`: given by the queue; `chosen`: picked by the person */
  claim(at: Temporal.Instant, by: StaffActor, how: 'next' | 'chosen'): void {
    this.passTo(at);
    if (how === 'next') {
      const { reference } = this.row;
      sentForm(this.world, at, { kind: 'take-next', by: by.id, answers: {}, answer: { reference } });
    }
    this.hold(at, by, how);
    this.acts.push({ kind: 'claimed', at, by });
  }

  giveBack(at: Temporal.Instant, by: StaffActor, note: string): void {
    this.passTo(at);
    const { id: referralId, reference } = this.row;
    sentForm(this.world, at, { kind: 'give-back', by: by.id, answers: { reference, note }, answer: {} });
    const noteId = this.world.ids.at(at);
    this.world.rows.add(ClaimNote, {
      ...{ id: noteId, referralId, kind: 'given_back', note, writtenBy: by.id, writtenAt: at },
    });
    this.record(at, by, 'referral.given-back', { from: this.holder, noteId });
    this.release(at);
    this.acts.push({ kind: 'given-back', at, by, note });
  }

  /** The claim lapses by itself, because its holder did nothing. */
  lapse(): void {
    const at = this.row.claimLapsesAt!.add({ milliseconds: this.world.random.whole(5, 900) });
    this.passTo(at);
    this.record(at, SERVICE, 'referral.claim-lapsed', { from: this.holder });
    this.release(at);
    this.acts.push({ kind: 'lapsed', at });
  }

  /** Confirms or changes the rating. */
  rate(at: Temporal.Instant, by: StaffActor, rating: Rating, reason: string): void {
    this.passTo(at);
    const { reference, rating: previous, decisionDueAt, receivedAt } = this.row;
    sentForm(this.world, at, { kind: 'rating', by: by.id, answers: { reference, rating, reason }, answer: { rating } });
    this.give(at, by, rating, reason);
    this.keepHold(at, by);
    this.row.firstRatedAt ??= at;
    if (rating === previous) this.row.lastChangedAt = at;
    else {
      const { policy, calendar } = inForceAt(this.world, at);
      const due = dueTimesAfterRerating(policy, calendar, { from: previous, to: rating, decisionDueAt }, receivedAt);
      this.changes.push(rating);
      this.rearm(at, due, rating);
    }
    this.acts.push({ kind: 'rated', at, by, rating, reason });
  }

  /** @returns why another person has to sign it off; empty when it has taken effect */
  decide(at: Temporal.Instant, by: StaffActor, decision: PastDecision): readonly SignOffReason[] {
    this.passTo(at);
    const { world, row } = this;
    const { id: referralId, immediateDanger, decisionDueAt, statutoryDueAt } = row;
    const { outcome, thresholdLevel, rationale, contradictionReason, analysis } = decision;
    this.keepHold(at, by);
    if (!row.firstRatedAt) {
      this.give(at, by, row.rating, `${CONFIRMED_IN_DECIDING}. ${reasonByRules(this.matched)}`);
      Object.assign(row, { firstRatedAt: at, lastChangedAt: at });
    }
    if (this.holder === null) this.hold(at, by, 'deciding');
    const signOff = this.signOffReasonsOf(at, decision);
    const isLate = isBefore(decisionDueAt, at) || isBefore(statutoryDueAt, at);
    const beside = saidBeside(world, this.arrival, decision, { isLate });
    const answers = { reference: row.reference, ...decision, ...beside, confirmsRating: row.rating };
    const formId = sentForm(world, at, { kind: 'decision', by: by.id, answers, answer: { signOff } });
    const id = world.ids.at(at);
    this.decision = world.rows.add(Decision, {
      ...{ id, referralId, outcome, thresholdLevel, rationale, formId, decidedBy: by.id, decidedAt: at },
      contradictionReason: contradictionReason || null,
      worries: analysis.worries || null,
      workingWell: analysis.workingWell || null,
      needsToHappen: analysis.needsToHappen || null,
      safetyScale: analysis.safetyScale,
      childsVoice: analysis.childsVoice || null,
      signOffReasons: signOff,
      ...(beside === null ? {} : { ...beside, lateWords: beside.lateWords || null }),
    });
    if (decision.route !== undefined) {
      const { recipient } = decision.route;
      world.rows.add(RouteChoice, { decisionId: id, team: null, recipient, reason: null });
    }
    this.agreement = null;
    this.record(at, by, 'referral.decided', {
      ...{ decisionId: id, outcome, thresholdLevel, signOff },
      ...(beside === null ? {} : { progression: beside.progression, primaryNeed: beside.primaryNeed }),
      ...(beside === null ? {} : { isLate, lateReason: beside.lateReason }),
    });
    const until = undoableUntil(at, { immediateDanger, outcome });
    if (signOff.length === 0) this.takeEffect(at, until, by);
    else this.change(at, { status: 'awaiting_sign_off', undoableUntil: until });
    this.acts.push({ kind: 'decided', at, by, decision: { ...decision, ...beside } });
    return signOff;
  }

  signOff(at: Temporal.Instant, by: StaffActor, result: 'agreed' | 'returned', comments: string | null): void {
    this.passTo(at);
    const { world, row } = this;
    const { reference, immediateDanger } = row;
    const { id: decisionId, decidedBy, outcome } = this.decision!;
    sentForm(world, at, { kind: 'sign-off', by: by.id, answers: { reference, result, comments }, answer: { result } });
    const signOff = { id: world.ids.at(at), decisionId, decidedBy, signedBy: by.id, result, comments, signedAt: at };
    world.rows.add(SignOff, signOff);
    this.record(at, by, `decision.${result}`, { decisionId });
    if (result === 'agreed') {
      this.agreement = signOff;
      this.takeEffect(at, undoableUntil(at, { immediateDanger, outcome }), by);
    } else {
      this.change(at, { status: 'awaiting_decision', undoableUntil: null, claimLapsesAt: claimLapsesAt(at) });
    }
    this.acts.push({ kind: 'signed', at, by, result, comments });
  }

  /** Takes back the decision, or the agreement with it, a moment after it. */
  undo(at: Temporal.Instant, by: StaffActor): void {
    this.passTo(at);
    const { world, row, agreement } = this;
    const { id: decisionId } = this.decision!;
    const signOffId = agreement?.id ?? null;
    world.rows.add(Undoing, { id: world.ids.at(at), decisionId, signOffId, undoneBy: by.id, undoneAt: at });
    this.record(at, by, 'decision.undone', { decisionId, what: agreement === null ? 'decision' : 'sign-off' });
    if (row.status === 'decided') this.deadlines.reopen(at);
    if (this.route !== null) Object.assign(this.route, { endedAt: at, endReason: 'undone' });
    this.route = null;
    const status = agreement === null ? 'awaiting_decision' : 'awaiting_sign_off';
    this.agreement = null;
    this.change(at, { status, responseTimeId: null, undoableUntil: null, claimLapsesAt: claimLapsesAt(at) });
    this.acts.push({ kind: 'undone', at, by });
  }

  /** Those whom the family was sent to accept it, unless the past ends before. No use case of a past does that. */
  beAccepted(until: Temporal.Instant, by: StaffActor): void {
    const { route } = this;
    const at = route && acceptRoute(this.world, this.row, route, by, until);
    if (route === null || at === null) return;
    this.record(at, by, 'route.accepted', { routeId: route.id, kind: route.kind, team: route.team });
  }

  /** Whether outcome and level contradict each other under the policy of the time. */
  contradicts(at: Temporal.Instant, decision: Pick<PastDecision, 'outcome' | 'thresholdLevel'>): boolean {
    const { policy } = inForceAt(this.world, at);
    return contradicts(policy.contradictions, decision.outcome, decision.thresholdLevel);
  }

  private give(at: Temporal.Instant, by: StaffActor, rating: Rating, reason: string): void {
    const { id: referralId, rating: previous } = this.row;
    const id = this.world.ids.at(at);
    this.world.rows.add(RecordedRating, { id, referralId, rating, previous, givenBy: by.id, reason, at });
    this.ratings.push({ rating, by: by.id });
    this.record(at, by, 'referral.rated', { from: previous, to: rating });
  }

  private hold(at: Temporal.Instant, by: StaffActor, how: 'next' | 'chosen' | 'deciding'): void {
    const firstClaimedAt = this.row.firstClaimedAt ?? at;
    this.change(at, { claimedBy: by.id, claimedAt: at, claimLapsesAt: claimLapsesAt(at), firstClaimedAt });
    this.deadlines.claimed(at);
    this.record(at, by, 'referral.claimed', { how });
  }

  private release(at: Temporal.Instant): void {
    this.change(at, { claimedBy: null, claimedAt: null, claimLapsesAt: null });
    this.deadlines.released(at);
  }

  /** A holder who works on a referral has typed about it all the while, and so has not let the claim lapse. */
  private keepHold(at: Temporal.Instant, by: StaffActor): void {
    if (this.holder === by.id) this.row.claimLapsesAt = claimLapsesAt(at);
  }

  private signOffReasonsOf(at: Temporal.Instant, decision: PastDecision): readonly SignOffReason[] {
    const { outcome, thresholdLevel } = decision;
    const { policy, calendar } = inForceAt(this.world, at);
    const { immediateDanger, agreement, children } = this.arrival.referral;
    const before = (index: number) => this.ratings[Math.max(index - 1, 0)]!.rating;
    return signOffReasons(policy.signOff.neededWhen, {
      ...{ outcome, thresholdLevel, agreement: agreement.status, immediateDanger },
      countsAsRed: countsAsRed(this.ratings),
      ratingWasLowered: this.ratings.some(({ rating }, index) => isMoreUrgent(before(index), rating)),
      earlierReferrals: this.earlierCount,
      childUnderOneOrUnborn: hasChildUnderOne(children, localDate(calendar, this.arrival.at)),
    });
  }

  private takeEffect(at: Temporal.Instant, until: Temporal.Instant | null, by: StaffActor): void {
    const { world, row } = this;
    const { versions } = this.deadlines.end('met', at)!;
    const { receivedAt, decisionDueAt: dueAt, statutoryDueAt } = row;
    const { firstOpenedAt = null, firstClaimedAt = null, firstRatedAt = null } = row;
    const times = { receivedAt, effectiveAt: at, dueAt, statutoryDueAt };
    const { policyVersion, calendarVersion, calendar } = versions;
    const { id: decisionId, decidedAt } = this.decision!;
    const id = world.ids.at(at);
    world.rows.add(RecordedResponseTime, {
      ...{ id, referralId: row.id, decisionId, decidedAt, firstOpenedAt, firstClaimedAt, firstRatedAt },
      ...{ ...times, ...responseTime(calendar, times), policyVersion, calendarVersion },
    });
    this.change(at, { status: 'decided', responseTimeId: id, undoableUntil: until });
    this.isDone(at);
    this.route = routeOf(world, row, this.arrival.referral, this.decision!, { at, by });
    if (this.route === null) return;
    const { id: routeId, kind, team, chosenBy } = this.route;
    this.record(at, by, 'route.sent', { routeId, kind, team, chosenBy });
  }
}
