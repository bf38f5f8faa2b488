import type { StaffActor } from '#access';
import { auditEntry, type AuditDetails, type AuditedAct } from '#audit';
import { dueTimesUnder, pausedUntil, urgency, type DueTimes, type MatchedRule, type Rating } from '#domain';
import { AuditEntry, SERVICE, type Actor, type NewRow, type Referral } from '#store';
import type { PastAct } from './past-act.ts';
import { acknowledge, fireAlert, type PastAlert } from './past-alerts.ts';
import { passOn, raiseUndelivered } from './mail-outage.ts';
import { PastDeadlines } from './past-deadlines.ts';
import type { Arrival } from './arrival.ts';
import { receive } from './receive.ts';
import { inForceAt, isBefore, type World } from './world.ts';

/** When a person answers an alert; null when no person does. */
export type Answers = (alert: PastAlert) => { readonly at: Temporal.Instant; readonly by: StaffActor } | null;

/** After so long the service brings an open referral under a new version, in milliseconds. */
const REARMED_WITHIN_MS = [500, 4_500] as const;

/** A past referral and what happens to it by itself: alerts, the answers to them, new versions of the policy. */
export class LivingReferral {
  readonly acts: PastAct[] = [];
  readonly row: NewRow<Referral>;
  protected readonly deadlines: PastDeadlines;
  protected readonly earlierCount: number;
  /** The rules by which its rating was suggested. */
  protected readonly matched: readonly MatchedRule[];
  /** Each rating that changed it, the suggestion first. */
  protected readonly changes: [Rating, ...Rating[]];
  private readonly alerts: PastAlert[] = [];
  private readonly answersToCome: { readonly at: Temporal.Instant; readonly by: StaffActor }[] = [];
  private readonly rearmings: Temporal.Instant[];
  /** When the first alert was passed on that reached no person. */
  private passedOn: Temporal.Instant | null = null;

  constructor(
    protected readonly world: World,
    protected readonly arrival: Arrival,
    private readonly answers: Answers,
  ) {
    const { row, clocks, earlierCount, matched } = receive(world, arrival);
    this.matched = matched;
    this.row = row;
    this.earlierCount = earlierCount;
    this.changes = [row.rating];
    this.deadlines = new PastDeadlines(world, row.id, arrival.at);
    this.deadlines.received(clocks, arrival.at);
    this.rearmings = world.versions
      .filter(({ from }) => isBefore(arrival.at, from))
      .map(({ from }) => from.add({ milliseconds: world.random.whole(...REARMED_WITHIN_MS) }));
    this.acts.push({ kind: 'received', ...arrival });
  }

  /** The id of the person who holds it; null when no person does. */
  get holder(): string | null {
    return this.row.claimedBy ?? null;
  }

  /** Lets everything happen that happens by itself up to an instant. */
  passTo(until: Temporal.Instant): void {
    for (;;) {
      const due = this.deadlines.nextDue();
      const answer = this.answersToCome[0]?.at ?? null;
      const rearming = this.rearmings[0] ?? null;
      const next = firstOf(due, answer, rearming);
      if (next === null || isBefore(until, next)) return;
      if (next === due) this.fire(next);
      else if (next === answer) this.answer();
      else this.comeUnderNewVersion(this.rearmings.shift()!);
    }
  }

  /** The decision has taken effect. */
  protected isDone(at: Temporal.Instant): void {
    if (this.passedOn !== null) raiseUndelivered(this.world, this.passedOn, at.add({ seconds: 1 }));
    this.passedOn = null;
  }

  private fire(at: Temporal.Instant): void {
    for (const due of this.deadlines.takeDue(at, this.holder !== null)) {
      const alert = fireAlert(this.world, due);
      this.alerts.push(alert);
      if (!alert.reached)
        this.passedOn ??= passOn(this.world, alert, due.deadline.urgency, this.deadlines.nextToTell());
      const answer = this.answers(alert);
      if (answer !== null) this.answersToCome.push(answer);
    }
    this.answersToCome.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
    this.acts.push({ kind: 'due', at });
  }

  private answer(): void {
    const { at, by } = this.answersToCome.shift()!;
    if (this.row.status === 'decided') return;
    const { deadline, versions } = this.deadlines.open;
    const alerts = this.alerts.filter(({ deadlineId }) => deadlineId === deadline.id);
    if (alerts.every(({ isAcknowledged }) => isAcknowledged)) return;
    const until = pausedUntil(versions.policy, versions.calendar, deadline.rating, at);
    this.deadlines.pause(until, at);
    this.record(at, by, 'alert.acknowledged', { alerts: acknowledge(this.world, alerts, at, by.id, until) });
    this.acts.push({ kind: 'acknowledged', at, by });
  }

  /** An open referral whose deadline has not alerted follows a new version by itself. */
  private comeUnderNewVersion(at: Temporal.Instant): void {
    if (this.row.status === 'decided' || this.deadlines.open.hasAlerted) return;
    const { policy, calendar, policyVersion, calendarVersion } = inForceAt(this.world, at);
    const due = dueTimesUnder(policy, calendar, this.changes, this.arrival.at);
    this.record(at, SERVICE, 'deadline.rearmed', { policyVersion, calendarVersion });
    this.rearm(at, due, this.row.rating);
    this.acts.push({ kind: 'rearmed', at });
  }

  protected rearm(at: Temporal.Instant, due: DueTimes, rating: Rating): void {
    this.deadlines.arm(at, rating, due, this.holder === null);
    const { decisionDueAt, statutoryDueAt } = due;
    this.change(at, { rating, urgency: urgency(rating), decisionDueAt, statutoryDueAt });
  }

  protected change(at: Temporal.Instant, change: Partial<NewRow<Referral>>): void {
    Object.assign(this.row, change);
    this.row.version += 1;
    this.row.lastChangedAt = at;
  }

  protected record(at: Temporal.Instant, actor: Actor, act: AuditedAct, details: AuditDetails = {}): void {
    const entry = auditEntry({ now: at, actor }, act, this.row.id, details);
    this.world.rows.add(AuditEntry, this.world.ids.oneOfThen<AuditEntry>(entry, at));
  }
}

function firstOf(...instants: readonly (Temporal.Instant | null)[]): Temporal.Instant | null {
  const there = instants.filter((one) => one !== null);
  return there.length === 0 ? null : there.reduce((first, next) => (isBefore(next, first) ? next : first));
}
