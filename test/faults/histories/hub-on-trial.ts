import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Marks, VerifyRecord } from '#audit';
import { SERVICE, sql } from '#store';
import { startLocalSignIn, type LocalSignIn } from '../../../scripts/demonstration/local-sign-in.ts';
import { TestProcess } from '../../support/app-process.ts';
import { createHub, type Hub } from '../../support/hub.ts';
import { ownPort } from '../../support/own-port.ts';
import { aDecision } from '../../support/page/answers.ts';
import { aCoachMessagingChildren } from '../../support/referrals.ts';
import { until } from '../../support/until.ts';
import type { Page } from '../../support/page/page.ts';
import { Visitor } from '../../support/visitor.ts';
import { silentEnvironment } from '../service.ts';
import type { Act, History, Result, Stored } from './history.ts';
import { PROCESSES, type Kill, type ProcessName, type Round } from './plan.ts';

const APP_OF = { 'first api': 'api', 'second api': 'api', 'console': 'console', 'first worker': 'worker', 'second worker': 'worker' } as const satisfies Record<ProcessName, string>; // prettier-ignore

/** A person who works at the console, one request after the other. */
interface Client {
  readonly id: string;
  readonly name: string;
  readonly visitor: Visitor;
}

/** A form that is ready to be sent. */
interface Sending {
  readonly path: string;
  readonly pairs: readonly (readonly [string, string])[];
  /** Whether the page that the answer leads to is that of an act that was done. */
  readonly isDone: (leadsTo: string) => boolean;
}

/** A hub whose apps are processes that are killed, and the clients that work with it meanwhile. */
export class HubOnTrial {
  readonly kills = new Map<ProcessName, number>();
  /** Answers that no client should get, whatever was killed. */
  readonly surprises: string[] = [];
  private readonly running = new Map<ProcessName, TestProcess>();
  private readonly ports = new Map<ProcessName, string>();
  private readonly starting: Promise<void>[] = [];
  private clients: readonly Client[] = [];

  private constructor(
    readonly hub: Hub,
    private readonly signIn: LocalSignIn,
    private readonly consolePort: number,
    private readonly history: History,
    private readonly before: URL | null,
  ) {}

  /**
   * The clock stands still, or a claim would lapse in a long run, which no client would know of.
   *
   * @param before the built code of the version before, when its processes are to run beside those of this one
   */
  static async begin(history: History, people: number, before: URL | null = null): Promise<HubOnTrial> {
    const hub = await createHub();
    const consolePort = await ownPort();
    const signIn = await startLocalSignIn(await ownPort(), `http://127.0.0.1:${consolePort}`, () => hub.allStaff());
    const trial = new HubOnTrial(hub, signIn, consolePort, history, before);
    for (const name of PROCESSES) trial.ports.set(name, String(name === 'console' ? consolePort : await ownPort()));
    await Promise.all(PROCESSES.map((name) => trial.start(name)));
    const workers = await Promise.all(Array.from({ length: people }, () => hub.another('social_worker')));
    trial.clients = await Promise.all(workers.map((worker) => trial.visits(worker)));
    return trial;
  }

  /** Everything of a round at the same time: agencies send, people work, processes are killed and started again. */
  async live(round: Round): Promise<void> {
    const kills = round.kills.map((kill) => this.kill(kill));
    const references = await Promise.all(round.sentBy.map((by) => this.submit(by)));
    const there = references.filter((reference) => reference !== null);
    if (there.length > 0) {
      await Promise.all(
        this.clients.map(async (client, at) => {
          for (const { act, which } of round.people[at]!) await this.work(client, act, there[which % there.length]!);
        }),
      );
    }
    await Promise.all(kills);
  }

  /** Waits until no process that was killed has left a transaction behind, and reads what there is. */
  async end(): Promise<readonly Stored[]> {
    await Promise.all(this.starting);
    await Promise.all([...this.running.values()].map((one) => one.kill()));
    await until(async () => {
      const left = await this.hub.database.as(SERVICE).row<{ count: number }>(sql`
        SELECT count(*)::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND application_name IN ('api', 'console', 'worker')`);
      return left!.count === 0;
    });
    return this.stored();
  }

  /** Whether the chain of the record has neither a gap nor a changed row. */
  async recordHolds(): Promise<{ readonly holds: boolean; readonly entries: number }> {
    const { holds, entries } = await this.hub.database
      .as(SERVICE)
      .transaction((tx) => new VerifyRecord().execute(tx, new Marks()));
    return { holds, entries };
  }

  async close(): Promise<void> {
    await Promise.all(this.starting);
    await Promise.all([...this.running.values()].map((one) => one.kill()));
    await this.signIn.close();
    await this.hub.drop();
  }

  private async start(name: ProcessName): Promise<void> {
    const app = APP_OF[name];
    const port = this.ports.get(name)!;
    const environment = {
      ...silentEnvironment(this.hub.url),
      LOG_LEVEL: 'warn',
      // The clock stands still, so the minute in which an agency may send so many does not end.
      ...(app === 'api' ? { RATE_SUBMISSIONS: '100000' } : {}),
      // A start is most of what a kill costs; compiled code is kept from one to the next.
      NODE_COMPILE_CACHE: join(tmpdir(), 'mash-trial-compiled'),
      [`${app.toUpperCase()}_PORT`]: port,
      ...(app === 'console'
        ? {
            CONSOLE_URL: `http://127.0.0.1:${this.consolePort}`,
            SESSION_SECRET: 'a secret of the tests, of thirty-two characters',
            ...this.signIn.settings,
          }
        : {}),
    };
    this.running.set(name, await TestProcess.start(app, environment, this.versionOf(name)));
  }

  /** Of two versions, the first api and worker are of the one before; the console is now of one and now of the other. */
  private versionOf(name: ProcessName): URL | undefined {
    if (this.before === null) return undefined;
    const isOfBefore = name === 'console' ? (this.kills.get(name) ?? 0) % 2 === 0 : name.startsWith('first');
    return isOfBefore ? this.before : undefined;
  }

  private async kill({ process, afterMs }: Kill): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const running = this.running.get(process);
    // Killed a moment ago, and not there again yet.
    if (running === undefined) return;
    this.running.delete(process);
    this.kills.set(process, (this.kills.get(process) ?? 0) + 1);
    await running.kill();
    const started = this.start(process);
    // Without an api a round has nothing to work on. Clients wait for the console by themselves, and nothing for a worker.
    if (APP_OF[process] === 'api') await started;
    else this.starting.push(started);
  }

  private async visits(worker: {
    readonly id: string;
    readonly name: string;
    readonly subject: string;
  }): Promise<Client> {
    const visitor = new Visitor(`http://127.0.0.1:${this.consolePort}`);
    await visitor.signInAs(worker);
    return { id: worker.id, name: worker.name, visitor };
  }

  /** @returns the reference, null when no answer came */
  private async submit({ first, again }: Round['sentBy'][number]): Promise<string | null> {
    const key = randomUUID();
    this.history.begin(key);
    const answered = await this.post(key, first);
    return answered ?? (again === null ? null : this.post(key, again));
  }

  private async post(key: string, api: 0 | 1): Promise<string | null> {
    const port = this.ports.get(api === 0 ? 'first api' : 'second api')!;
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/referrals`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${this.hub.agency.token}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': key,
        },
        body: JSON.stringify(aCoachMessagingChildren({ senderReference: key })),
      });
      if (response.status !== 201) {
        if (response.status !== 503) this.surprises.push(`a submission was answered ${response.status}`);
        return null;
      }
      const { reference } = (await response.json()) as { reference: string };
      this.history.accepted(key, reference);
      return reference;
    } catch {
      return null;
    }
  }

  /** Opens the page of the act, also when the console has to be waited for, and sends its form once. */
  private async work(client: Client, act: Act, reference: string): Promise<void> {
    let sending: Sending | null = null;
    await until(async () => {
      try {
        sending = await this.prepare(client.visitor, act, reference);
        return true;
      } catch (error) {
        // No answer came, and nothing was done.
        if (error instanceof Away || isWithoutAnswer(error)) return false;
        throw error;
      }
    });
    if (sending === null) return;
    await this.history.note({ act, person: client.id, reference }, () => this.send(client.visitor, sending!));
  }

  /** @returns null when there is no such form any more, because the referral is decided */
  private async prepare(visitor: Visitor, act: Act, reference: string): Promise<Sending | null> {
    const at = `/referrals/${reference}`;
    if (act !== 'decide') {
      const { pairs } = (await open(visitor, `${at}/give-back`)).sendingBy('Return to queue');
      return act === 'release'
        ? { path: `${at}/give-back`, pairs, isDone: (leadsTo) => leadsTo === '/queue' }
        : { path: `${at}/claim`, pairs, isDone: (leadsTo) => leadsTo === at };
    }
    const page = await open(visitor, `${at}/decision`);
    if (!page.buttons().includes('Check your answers')) return null;
    const check = await visitor.press('Check your answers', aDecision());
    if (!check.buttons().includes('Record the decision')) return null;
    const { pairs } = check.sendingBy('Record the decision');
    return { path: `${at}/decision/check`, pairs, isDone: (leadsTo) => !leadsTo.startsWith(`${at}/decision`) };
  }

  private async send(visitor: Visitor, { path, pairs, isDone }: Sending): Promise<Result> {
    const { status, leadsTo } = await visitor.send('POST', path, pairs);
    if (status === 303 && leadsTo !== null && isDone(leadsTo)) return 'ok';
    if (status === 409) return 'fail';
    if (status !== 503) this.surprises.push(`POST ${path} was answered ${status} ${leadsTo ?? ''}`);
    return 'unknown';
  }

  private async stored(): Promise<readonly Stored[]> {
    return this.hub.database.as(SERVICE).rows<Stored>(sql`
      SELECT r.reference, r.claimed_by AS holder,
        coalesce((SELECT array_agg(key) FROM idempotency_key WHERE referral_id = r.id), '{}') AS keys,
        coalesce((SELECT array_agg(decided_by::text) FROM decision WHERE referral_id = r.id), '{}') AS deciders,
        (SELECT jsonb_build_object(
            'received', count(*) FILTER (WHERE act = 'referral.submitted'),
            'claimed', count(*) FILTER (WHERE act = 'referral.claimed'),
            'given back', count(*) FILTER (WHERE act = 'referral.given-back'),
            'decided', count(*) FILTER (WHERE act = 'referral.decided'))
          FROM audit_entry WHERE referral_id = r.id) AS entries
      FROM referral r`);
  }
}

/** The console answers that it has no database, or is about to stop. */
class Away extends Error {}

async function open(visitor: Visitor, path: string): Promise<Page> {
  const page = await visitor.open(path);
  if (page.status === 503) throw new Away();
  return page;
}

/** By its words: the errors of `fetch` are not of the classes of a test. */
function isWithoutAnswer(error: unknown): boolean {
  return /^(fetch failed|terminated)$/.test((error as Error).message);
}
