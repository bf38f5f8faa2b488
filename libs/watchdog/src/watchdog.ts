import { Inject, Injectable } from '@nestjs/common';
import { FireDue } from '#alerts';
import { LOG, Loop, type Logger } from '#platform';
import { RearmReferrals } from '#referrals';
import { Database, SERVICE, sql, type Finding } from '#store';
import { Canary, type CanaryState } from './canary.ts';
import { DeadMansSwitch } from './dead-mans-switch.ts';
import { CheckInvariants } from './invariants.ts';

const EVERY_MS = 5_000;
/** The database's clock against this machine's: further apart, one of them is wrong. */
const CLOCKS_APART_MS = 2_000;

/** Does one after the other, also after one that failed. */
async function inTurn(
  ...parts: readonly (() => Promise<unknown>)[]
): Promise<readonly PromiseSettledResult<unknown>[]> {
  const results: PromiseSettledResult<unknown>[] = [];
  for (const part of parts) results.push(...(await Promise.allSettled([part()])));
  return results;
}

export interface WatchdogState {
  readonly findings: readonly Finding[];
  readonly canary: CanaryState;
  readonly holds: boolean;
}

/**
 * Looks every five seconds whether everything that must hold does, in a process of its own that needs nothing but
 * the database. What was missed it fires itself. The outside switch is fed only while all holds: its silence calls
 * people when nothing here can any more.
 */
@Injectable()
export class Watchdog {
  private readonly rounds: Loop;
  private lastRound = 0;
  private readonly afterRound: (() => Promise<void>)[] = [];
  state: WatchdogState | null = null;

  constructor(
    private readonly database: Database,
    private readonly invariants: CheckInvariants,
    private readonly canary: Canary,
    private readonly fireDue: FireDue,
    private readonly rearm: RearmReferrals,
    private readonly deadMansSwitch: DeadMansSwitch,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.rounds = new Loop('a round of the watchdog', EVERY_MS, () => this.round(), log);
  }

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** Has work done at the end of each round, such as the metrics'. */
  andThen(work: () => Promise<void>): void {
    this.afterRound.push(work);
  }

  /** Whether all held in the last round, and that was not long ago. */
  get isContent(): boolean {
    return this.state?.holds === true && performance.now() - this.lastRound < 3 * EVERY_MS;
  }

  /** One round. What is found is recorded before it is repaired; what cannot be looked at keeps nothing from being repaired. */
  async round(): Promise<void> {
    const [looked, ...repaired] = await inTurn(
      () => this.look(),
      () => this.fireDue.execute(),
      () => this.rearm.execute(),
      ...this.afterRound,
    );
    for (const one of [looked!, ...repaired]) {
      if (one.status === 'rejected') this.log.error({ error: one.reason as unknown }, 'a part of the round failed');
    }
  }

  private async look(): Promise<void> {
    await this.canary.fly();
    const findings = [...(await this.invariants.execute()), ...(await this.clocks())];
    const canary = await this.canary.state();
    const state = { findings, canary, holds: findings.length === 0 && canary.isAlive };
    if (findings.length > 0) this.log.error({ findings }, 'an invariant does not hold');
    this.state = state;
    this.lastRound = performance.now();
    const fed = state.holds && (await this.deadMansSwitch.feed());
    await this.record(state, fed);
  }

  private async clocks(): Promise<readonly Finding[]> {
    const asked = Date.now();
    const { ms } = (await this.database
      .as(SERVICE)
      .row<{ ms: number }>(sql`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`))!;
    const apart = Math.max(asked - ms, ms - Date.now(), 0);
    return apart > CLOCKS_APART_MS ? [{ invariant: 'clock', count: Math.round(apart) }] : [];
  }

  private async record({ findings, canary, holds }: WatchdogState, fed: boolean): Promise<void> {
    await this.database.as(SERVICE).run(
      sql`INSERT INTO watchdog_round AS w (id, checked_at, holds, findings, canary_fired_at, canary_lateness_ms, switch_fed_at)
       VALUES (1, mash.now(), ${holds}, ${JSON.stringify(findings)}, ${canary.firedAt}, ${canary.latenessMs}, CASE WHEN ${fed} THEN mash.now() END)
       ON CONFLICT (id) DO UPDATE SET checked_at = excluded.checked_at, holds = excluded.holds,
         findings = excluded.findings, canary_fired_at = excluded.canary_fired_at,
         canary_lateness_ms = excluded.canary_lateness_ms,
         switch_fed_at = coalesce(excluded.switch_fed_at, w.switch_fed_at)`,
    );
  }
}
