import { DEFAULT_CALENDAR, DEFAULT_POLICY } from '#domain';
import type { ScenarioFile } from '../demonstration/scenario-files.ts';
import { Actor } from './acts.ts';
import { Faults } from './faults.ts';
import type { Fault, Plan, Step } from './plan.ts';
import { finishWhatFollows, tellReferrers } from './after-deciding-acts.ts';
import { readLateAnswers } from './request-acts.ts';
import { settle, settleAnswers, settleDeliveries } from './settle.ts';
import type { Tally } from './tally.ts';
import { verify, verifyDeliveries } from './verify.ts';
import type { Violation } from './violation.ts';
import type { World } from './world.ts';

/** Longer than a lease, and than the minute in which a person gets only a few messages. */
const PAST_LEASES = { seconds: 61 };
const ROUNDS = 8;

/** What went wrong, and after which step; `steps.length` for the end of the trial. */
export interface Failure {
  readonly step: number;
  readonly violations: readonly Violation[];
}

/** One trial on a world: its steps, each checked when all has settled, and an end that leaves nothing undone. */
export class Trial {
  private readonly actor: Actor;
  private readonly faults: Faults;
  private hasStruck = false;

  constructor(
    private readonly world: World,
    private readonly plan: Plan,
    private readonly tally: Tally,
    scenarios: readonly ScenarioFile[],
    seed: number,
  ) {
    this.actor = new Actor(world, scenarios, seed);
    this.faults = new Faults(world, (kind) => {
      this.hasStruck = true;
      tally.count(tally.faults, kind);
    });
  }

  /** @returns null when all was as it must be */
  async run(): Promise<Failure | null> {
    const { steps } = this.plan;
    let at = 0;
    try {
      this.world.model.begin();
      await this.world.moveTo(this.beginning());
      for (; at < steps.length; at++) {
        const violations = await this.take(steps[at]!);
        if (violations.length > 0) return { step: at, violations };
      }
      const violations = await this.end();
      return violations.length === 0 ? null : { step: at, violations };
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { step: at, violations: [{ wrong: 'other', what }] };
    } finally {
      await this.faults.pass();
    }
  }

  private async take({ act, fault, helps }: Step): Promise<readonly Violation[]> {
    const { world, faults, tally } = this;
    if (fault !== null && !Faults.isTrap(fault)) await this.strikeFirst(fault, act.kind);
    const done = await this.actor.perform(act);
    if (done !== null) tally.count(tally.acts, done);
    if (fault !== null && Faults.isTrap(fault)) faults.bringAbout(fault);
    const help = helps ? [world.fireDue.execute(), world.fireDue.execute()] : [];
    await Promise.allSettled(help);
    return this.check();
  }

  /** An act that may be done twice happens while PostgreSQL goes down and comes back; the others wait for it. */
  private async strikeFirst(fault: Fault, act: string): Promise<void> {
    this.faults.bringAbout(fault);
    if (fault.kind === 'stop postgres' && act !== 'submit' && act !== 'move') await this.faults.pass();
  }

  private async check(): Promise<readonly Violation[]> {
    const { world, tally } = this;
    const { ms, undone } = await settle(world);
    tally.settledAfter(ms, this.hasStruck);
    if (undone !== null) return [{ wrong: 'missed', what: `after ${ms.toFixed(0)} ms ${JSON.stringify(undone)}` }];
    return world.patiently(() => verify(world));
  }

  /** All whole again and everything decided: now every delivery must come to its end. */
  private async end(): Promise<readonly Violation[]> {
    const { world, faults, actor, tally } = this;
    await faults.heal();
    await world.patiently(() => world.database.now());
    await this.decideWhileFiring();
    await actor.acceptHandovers();
    if (world.model.policy !== DEFAULT_POLICY) await actor.publish({ policy: DEFAULT_POLICY });
    if (world.model.calendarData !== DEFAULT_CALENDAR) await actor.publish({ calendar: DEFAULT_CALENDAR });
    for (let round = 0; round < ROUNDS; round++) {
      await world.moveTo(world.model.now.add(PAST_LEASES));
      const { late, later } = await world.patiently(() => settleDeliveries(world));
      if (round === 0) await tellReferrers(world);
      if (late + later === 0) break;
    }
    const untold = await settleAnswers(world);
    const wrong = await this.check();
    let undelivered = await verifyDeliveries(world);
    if (undelivered.length > 0) {
      // A firing begun before the last move of the clock may have been committed after its deliveries were looked for.
      await world.patiently(() => settleDeliveries(world));
      undelivered = await verifyDeliveries(world);
    }
    const unanswered = `${untold} referrers have not been told`;
    const violations = [
      ...wrong,
      ...undelivered,
      ...(untold === 0 ? [] : [{ wrong: 'undelivered', what: unanswered } as const]),
    ];
    tally.alerts += [...world.model.referrals, ...world.model.followUps].reduce(
      (all, { alerts }) => all + alerts.length,
      0,
    );
    return violations;
  }

  /** The next step fires at the moment at which everything is decided: then the trial must be over all the same. */
  private async decideWhileFiring(): Promise<void> {
    const { world, actor } = this;
    const [next] = world.model.ahead();
    if (next !== undefined) {
      await world.setClock(next);
      world.model.racedTo(next);
    }
    await Promise.all([actor.decideAll(), world.fireDue.execute(), world.fireDue.execute()]);
    // A discussion whose time has passed before the sign-off tells people at once; nothing ends it before that.
    await world.patiently(() => world.fireDue.execute());
    await finishWhatFollows(world);
    await readLateAnswers(world);
  }

  /** The next time that it is that local time of that day of the week. */
  private beginning(): Temporal.Instant {
    const { weekday, minuteOfDay } = this.plan;
    const now = this.world.model.now.toZonedDateTimeISO('Europe/London');
    const days = (weekday - now.dayOfWeek + 7) % 7;
    const at = (inDays: number) =>
      now
        .toPlainDate()
        .add({ days: inDays })
        .toPlainDateTime(new Temporal.PlainTime(Math.floor(minuteOfDay / 60), minuteOfDay % 60))
        .toZonedDateTime('Europe/London')
        .toInstant();
    return Temporal.Instant.compare(at(days), now.toInstant()) > 0 ? at(days) : at(days + 7);
  }
}
