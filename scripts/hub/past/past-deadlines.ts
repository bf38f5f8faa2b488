import { deadlineRows, stepRow } from '#deadlines';
import { nextRepeat, type AlertGroup, type DueTimes, type Rating } from '#domain';
import { Deadline, DeadlineStep, type NewRow } from '#store';
import { inForceAt, isBefore, laterOf, type VersionsFrom, type World } from './world.ts';
import { ofGroups } from './to-groups.ts';

/** Milliseconds after its instant at which a step fires, with the engine at work. */
const FIRES_WITHIN_MS = [8, 400] as const;

export type PastStep = NewRow<DeadlineStep>;
export type PastDeadline = NewRow<Deadline>;

/** A step that has come due: it fires, or is not needed, at this instant. */
export interface CameDue {
  readonly step: PastStep;
  readonly deadline: PastDeadline;
  readonly versions: VersionsFrom;
  readonly at: Temporal.Instant;
}

interface Armed {
  readonly deadline: PastDeadline;
  readonly versions: VersionsFrom;
  /** Whether one of its steps has alerted. */
  hasAlerted: boolean;
}

/**
 * The deadlines of one past referral, with the states of `deadline-state.ts` in libs/deadlines. A test plays the same acts
 * by the use cases, and compares every row.
 */
export class PastDeadlines {
  private decision: Armed | null = null;
  private claim: PastDeadline | null = null;
  private lastMet: Armed | null = null;
  private generation = 0;
  private readonly steps: { readonly row: PastStep; readonly of: Armed; firesAt: Temporal.Instant }[] = [];

  constructor(
    private readonly world: World,
    private readonly referralId: string,
    private readonly receivedAt: Temporal.Instant,
  ) {}

  /** The deadline for the decision; one is open as long as no decision is in effect. */
  get open(): Armed {
    return this.decision!;
  }

  /** Arms the deadlines under a rating and the versions in force, and ends those of before. */
  arm(now: Temporal.Instant, rating: Rating, due: DueTimes, armClaim: boolean): void {
    this.end('superseded', now);
    const versions = inForceAt(this.world, now);
    const generation = ++this.generation;
    const { referralId: id, receivedAt } = this;
    const made = deadlineRows({ now }, versions, { id, rating, receivedAt, due, generation, armClaim });
    this.adopt(this.world.ids.ofThen(made, now), now, versions);
  }

  /** Takes the rows that the receipt of a referral has made. */
  received(rows: readonly { table: unknown; rows: object[] }[], now: Temporal.Instant): void {
    this.generation = 1;
    this.adopt(rows, now, inForceAt(this.world, now));
  }

  private adopt(parts: readonly { table: unknown; rows: object[] }[], now: Temporal.Instant, versions: VersionsFrom) {
    const of = <E>(table: unknown) => parts.filter((part) => part.table === table).flatMap((part) => part.rows) as E[];
    const deadlines = of<PastDeadline>(Deadline).map((row) => this.world.rows.add(Deadline, row));
    this.claim = deadlines.find(({ kind }) => kind === 'claim') ?? null;
    this.decision = { deadline: deadlines.find(({ kind }) => kind === 'decision')!, versions, hasAlerted: false };
    for (const row of of<PastStep>(DeadlineStep)) this.addStep(row, this.decision, now);
  }

  private addStep(row: PastStep, of: Armed, now: Temporal.Instant): void {
    this.world.rows.add(DeadlineStep, row);
    this.steps.push({ row, of, firesAt: this.momentOf(row, now) });
  }

  private momentOf({ fireAt }: PastStep, notBefore: Temporal.Instant): Temporal.Instant {
    return laterOf(fireAt, notBefore).add({ milliseconds: this.world.random.whole(...FIRES_WITHIN_MS) });
  }

  /** A person has claimed the referral. */
  claimed(now: Temporal.Instant): void {
    if (this.claim?.state === 'open') Object.assign(this.claim, { state: 'met', endedAt: now });
  }

  /** @returns what the decision deadline was, where one was open */
  end(state: 'met' | 'superseded', now: Temporal.Instant): Armed | null {
    const ended = this.decision;
    for (const deadline of [this.claim, ended?.deadline]) {
      if (deadline?.state === 'open') Object.assign(deadline, { state, endedAt: now });
    }
    for (const { row, of } of this.steps) if (of === ended && row.state === 'waiting') row.state = 'not_needed';
    if (state === 'met') this.lastMet = ended;
    this.decision = null;
    return ended;
  }

  /** A decision is taken back: the deadline that it met is open again. */
  reopen(now: Temporal.Instant): void {
    const { deadline } = this.lastMet!;
    Object.assign(deadline, { state: 'open', endedAt: null });
    this.decision = this.lastMet;
    this.waitAgain(now, ({ state }) => state === 'waiting' || state === 'not_needed');
  }

  /** No person holds the referral any more. */
  released(now: Temporal.Instant): void {
    if (this.decision === null) return;
    this.waitAgain(
      now,
      ({ state, onlyIfUnclaimed }) => onlyIfUnclaimed && (state === 'waiting' || state === 'not_needed'),
    );
  }

  private waitAgain(now: Temporal.Instant, which: (step: PastStep) => boolean): void {
    const { deadline } = this.decision!;
    for (const step of this.steps) {
      if (step.of !== this.decision || !which(step.row)) continue;
      step.row.state = 'waiting';
      step.row.fireAt = laterOf(step.row.at, now, ...(deadline.pausedUntil ? [deadline.pausedUntil] : []));
      step.firesAt = this.momentOf(step.row, now);
    }
  }

  /** A person has acknowledged the alerts. */
  pause(until: Temporal.Instant, now: Temporal.Instant): void {
    this.decision!.deadline.pausedUntil = until;
    for (const step of this.steps) {
      if (step.of !== this.decision || step.row.state !== 'waiting') continue;
      step.row.fireAt = laterOf(step.row.at, until);
      step.firesAt = this.momentOf(step.row, now);
    }
  }

  /** When the next step comes due; null while none waits. */
  nextDue(): Temporal.Instant | null {
    const waiting = this.waiting().map(({ firesAt }) => firesAt);
    return waiting.length === 0 ? null : waiting.reduce((first, next) => (isBefore(next, first) ? next : first));
  }

  /**
   * Moves every step that is due by now, and arms the repeat of one that repeats.
   *
   * @returns those that fire; one that waits for no person to hold the referral does not while one does
   */
  takeDue(now: Temporal.Instant, isClaimed: boolean): readonly CameDue[] {
    const due = this.waiting().filter(({ row }) => !isBefore(now, row.fireAt));
    for (const { row } of due) row.state = row.onlyIfUnclaimed && isClaimed ? 'not_needed' : 'fired';
    return due
      .filter(({ row }) => row.state === 'fired')
      .map(({ row: step, of }) => {
        of.hasAlerted = true;
        this.repeat(step, of, now);
        return { step, deadline: of.deadline, versions: of.versions, at: now };
      });
  }

  private repeat(step: PastStep, of: Armed, now: Temporal.Instant): void {
    const { policy, calendar } = of.versions;
    const { id, rating } = of.deadline;
    const next = step.repetition === 0 ? null : nextRepeat(policy, calendar, rating, step, now);
    if (next === null) return;
    const row = stepRow(id, rating, next, 'waiting');
    this.addStep({ ...row, id: this.world.ids.at(now) }, of, now);
  }

  private waiting() {
    return this.decision === null
      ? []
      : this.steps.filter(({ row, of }) => of === this.decision && row.state === 'waiting');
  }

  /** The groups of the step that fires next; none when none waits. */
  nextToTell(): readonly AlertGroup[] {
    const [next] = this.waiting().sort((a, b) => Temporal.Instant.compare(a.row.at, b.row.at));
    return ofGroups(next?.row.tell ?? []);
  }
}
