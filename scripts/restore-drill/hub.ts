import { FireDue } from '#alerts';
import { TakeCheckpoint, type CheckpointSettings } from '#audit';
import { createLogger } from '#platform';
import { Database, openDataSource, SERVICE, sql } from '#store';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS } from '../../migrations/index.ts';
import { playHistory } from '../demonstration/history.ts';
import { readScenarios } from '../demonstration/scenario-files.ts';
import { shiftClock } from '../demonstration/shift-clock.ts';
import { composeHub } from '../hub/whole-hub.ts';
import { scenarioAt } from '../hub/scenario-at.ts';
import type { DemonstrationAgency } from '../sandbox-file.ts';

const LOOK_EVERY_MS = 50;

/** What waits in a hub: messages that are to be sent, and jobs that are to be done. */
export interface Waiting {
  readonly messages: number;
  readonly jobs: number;
}

/** The database of a demonstration. The drill reads it, and does with it what no app does by itself at that moment. */
export class DrillHub {
  private constructor(
    private readonly source: Awaited<ReturnType<typeof openDataSource>>,
    readonly database: Database,
  ) {}

  static async open(url: string): Promise<DrillHub> {
    const source = await openDataSource({ url, pool: 4, app: 'restore-drill', migrations: MIGRATIONS });
    return new DrillHub(source, new Database(source.manager));
  }

  /** Makes thirteen months of a fictional hub. */
  async makeDemonstration(): Promise<readonly DemonstrationAgency[]> {
    await migrate(this.source);
    return playHistory(this.database, readScenarios());
  }

  /** Signs what the record comes to, in a folder outside of the database. */
  async takeCheckpoint(settings: CheckpointSettings): Promise<void> {
    await new TakeCheckpoint(this.database, settings, createLogger('restore-drill', 'silent')).execute();
  }

  /** Lets the clock be later by so long, and fires what is due then: its messages wait for a worker. */
  async fireLater(ms: number): Promise<void> {
    await shiftClock(this.database, ms);
    const hub = await composeHub(this.database);
    while ((await hub.get(FireDue).execute()) > 0);
    await hub.close();
  }

  /** Names an instant in the log of the database, to which it can be put back. */
  async nameInstant(name: string): Promise<void> {
    await this.database.as(SERVICE).rows(sql`SELECT pg_create_restore_point(${name})::text`);
  }

  async waiting(): Promise<Waiting> {
    const found = await this.database.as(SERVICE).row<Waiting>(sql`
      SELECT (SELECT count(*)::int FROM delivery WHERE state IN ('queued', 'sending') AND channel <> 'console' AND next_attempt_at <= mash.now()) AS messages,
        (SELECT count(*)::int FROM job WHERE completed_at IS NULL AND run_after <= mash.now()) AS jobs`);
    return found!;
  }

  /** Waits for something to become so. */
  async until(isSo: (waiting: Waiting) => boolean): Promise<void> {
    while (!isSo(await this.waiting())) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }

  close(): Promise<void> {
    return this.source.destroy();
  }
}

/**
 * Sends referrals to an api as an agency does.
 *
 * @param keys one for each referral; a key that is known gets the answer of before
 * @throws Error when one is not accepted
 */
export async function sendReferrals(port: number, token: string, keys: readonly string[]): Promise<readonly string[]> {
  const scenarios = readScenarios();
  const references: string[] = [];
  for (const [which, key] of keys.entries()) {
    const body = scenarioAt(
      { ...scenarios[which % scenarios.length]!.body, senderReference: key },
      Temporal.Now.instant(),
    );
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/referrals`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { readonly reference: string };
    if (response.status !== 201)
      throw new Error(`A referral was answered ${response.status}: ${JSON.stringify(answer)}`);
    references.push(answer.reference);
  }
  return references;
}
