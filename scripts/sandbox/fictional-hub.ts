import { randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { Agencies, ClientInvitations, SCOPES, Staff, type SandboxGuest } from '#access';
import { ApiSettings, createLogger, WorkerSettings, type SandboxSettings } from '#platform';
import { Database, openDataSource, SERVICE, sql } from '#store';
import { createApi } from '../../apps/api/src/create-api.ts';
import { createWorker } from '../../apps/worker/src/create-worker.ts';
import { MIGRATIONS } from '../../migrations/index.ts';
import { migrate } from '../../migrations/migrate.ts';
import { addDemonstrationClient } from '../demonstration/demonstration-agency.ts';
import { DEMONSTRATION_STAFF } from '../demonstration/people.ts';
import { clockAheadMs, shiftClock, signByTheRealClock } from '../demonstration/shift-clock.ts';
import { composeHub } from '../hub/whole-hub.ts';
import { ClockTooFar } from './faults.ts';
import { HubPeople } from './hub-people.ts';

/** By how much a developer may move the clock in all: code lists, keys and what is kept are not made for more. */
const FURTHEST_AHEAD_MS = 400 * 24 * 3_600_000;

/** What the developers of an agency get by their link. */
export interface LetIn {
  readonly agency: string;
  /** Good for the API as it is, without a key. */
  readonly token: string;
  /** Lets in a program that has a key, by `/oauth2/register`. */
  readonly invitation: string;
}

export interface HubState {
  readonly now: string;
  readonly referrals: readonly { readonly reference: string; readonly status: string; readonly children: string }[];
}

/**
 * The hub of one sandbox, at work: the service's own API, worker and use cases on a database of its own, whose clock its
 * developers move. Nothing leaves it but webhooks: it has no mail server.
 */
export class FictionalHub {
  /** What must not come beside itself comes after what was begun before. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly database: Database,
    private readonly api: NestExpressApplication,
    /** The people of the hub, who do what a developer asks. */
    readonly people: HubPeople,
    private readonly parts: readonly { close(): Promise<unknown> }[],
  ) {}

  /**
   * Brings its database up to date and starts everything.
   *
   * @param url the address of its API, without a slash at the end
   */
  static async open(databaseUrl: string, url: string, settings: SandboxSettings): Promise<FictionalHub> {
    const parts: { close(): Promise<unknown> }[] = [];
    try {
      const source = await openDataSource({ url: databaseUrl, pool: 4, app: 'mash-sandbox', migrations: MIGRATIONS });
      parts.push({ close: () => source.destroy() });
      await migrate(source);
      const database = new Database(source.manager);
      await signByTheRealClock(database);
      const { LOG_LEVEL, WEBHOOK_KEY, ATTACHMENT_KEYS } = settings;
      const shared = { DATABASE_URL: databaseUrl, LOG_LEVEL, WEBHOOK_KEY, ATTACHMENT_KEYS };
      const log = createLogger('sandbox', LOG_LEVEL);
      const api = await createApi(
        Object.assign(new ApiSettings(), shared, { API_URL: url, DATABASE_POOL: 4, RATE_SUBMISSIONS: 60 }),
        log,
      );
      parts.push(api);
      const toNoMailServer = { SMTP_URL: 'smtp://127.0.0.1:9', CONSOLE_URL: url, DATABASE_POOL: 6 };
      parts.push(await createWorker(Object.assign(new WorkerSettings(), shared, toNoMailServer), log));
      const hub = await composeHub(database);
      parts.push(hub);
      await addStaff(hub.get(Staff));
      return new FictionalHub(database, api, new HubPeople(hub, database), parts);
    } catch (error) {
      await closeAll(parts);
      throw error;
    }
  }

  /** What programs of the agency ask of it. */
  get handler(): RequestHandler {
    return this.api.getHttpAdapter().getInstance() as RequestHandler;
  }

  /** Adds the agency where it is not there, and gives its developers a token and an invitation, new ones each time. */
  letIn({ name, kind, sourceCode }: SandboxGuest['agency']): Promise<LetIn> {
    return this.inTurn(async () => {
      const agencies = new Agencies(this.database);
      const known = (await agencies.all()).find((one) => one.name === name);
      const agencyId = known?.id ?? (await agencies.add({ name, kind, sourceCode }, SERVICE));
      const { token } = await addDemonstrationClient(this.database, agencyId);
      const by = await this.people.administrator();
      const invited = { agencyId, scopes: SCOPES, formId: randomUUID(), by };
      const invitation = (await new ClientInvitations(this.database).make(invited))!;
      return { agency: name, token, invitation };
    });
  }

  async state(): Promise<HubState> {
    const referrals = await this.database.as(SERVICE).rows<HubState['referrals'][number]>(sql`
      SELECT reference, status, (SELECT string_agg(concat_ws(' ', c.submitted->>'firstName', c.submitted->>'lastName'), ', '
        ORDER BY position) FROM referral_child c WHERE c.referral_id = r.id) AS children
      FROM referral r ORDER BY received_at DESC, id LIMIT 100`);
    return { now: (await this.database.now()).toString(), referrals };
  }

  /**
   * Moves the clock on. What is due then happens by itself within seconds.
   *
   * @returns the new time
   * @throws ClockTooFar
   */
  moveOn(by: Temporal.Duration): Promise<Temporal.Instant> {
    return this.inTurn(async () => {
      const ahead = (await clockAheadMs(this.database)) + by.total({ unit: 'milliseconds', relativeTo: '2026-01-01' });
      if (ahead > FURTHEST_AHEAD_MS) throw new ClockTooFar();
      await shiftClock(this.database, ahead);
      return this.database.now();
    });
  }

  async close(): Promise<void> {
    await closeAll(this.parts);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}

/** The last that was opened at first: what uses the database goes before it. One that fails keeps no other open. */
async function closeAll(parts: readonly { close(): Promise<unknown> }[]): Promise<void> {
  for (const part of parts.toReversed()) await part.close().catch(() => undefined);
}

async function addStaff(staff: Staff): Promise<void> {
  for (const member of DEMONSTRATION_STAFF)
    if ((await staff.bySubject(member.subject)) === null) await staff.add(member, SERVICE);
}
