import { randomUUID } from 'node:crypto';
import { startMailbox, type Mailbox } from '../../scripts/demonstration/mailbox.ts';
import { TestProcess } from '../support/app-process.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { createQueueStore, type BACKENDS, type TestQueueStore } from '../support/queue-stores.ts';
import { aFracturedToddler, aToddlerOfItsOwn } from '../support/referrals.ts';
import { holdsOf } from '../support/verbs/holds.ts';
import { jobsOf } from '../support/verbs/jobs.ts';

/** The environment of a worker or a watchdog that sends nothing. */
export const silentEnvironment = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  SMTP_URL: 'smtp://127.0.0.1:9',
  CONSOLE_URL: 'http://127.0.0.1:3001',
});

/** Sends a referral to an api, as an agency does. @param key the idempotency key */
export function postReferral(api: TestProcess, token: string, key: string = randomUUID()): Promise<Response> {
  return fetch(`${api.url}/api/v1/referrals`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(aFracturedToddler({ children: aToddlerOfItsOwn(key) })),
  });
}

/** The apps as processes of their own, which a test kills: on a hub whose clock runs, with a queue store and a mailbox. */
export class Service {
  readonly jobs: ReturnType<typeof jobsOf>;
  readonly holds: ReturnType<typeof holdsOf>;
  private readonly processes: TestProcess[] = [];

  private constructor(
    readonly hub: Hub,
    readonly store: TestQueueStore,
    readonly mailbox: Mailbox,
  ) {
    this.jobs = jobsOf(hub.database);
    this.holds = holdsOf(hub.database, hub.url);
  }

  static async begin(backend: (typeof BACKENDS)[number]): Promise<Service> {
    const hub = await createHub();
    await hub.clockRunsFrom('2026-11-23T10:00');
    return new Service(hub, await createQueueStore(backend, hub.url), await startMailbox(0));
  }

  /** @param databaseUrl of a user of the process's own, to tell what it did */
  async start(app: 'api' | 'worker' | 'watchdog', databaseUrl = this.hub.url): Promise<TestProcess> {
    const { redisUrl } = this.store.settings;
    const started = await TestProcess.start(app, {
      ...silentEnvironment(databaseUrl),
      SMTP_URL: this.mailbox.smtpUrl,
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    });
    this.processes.push(started);
    return started;
  }

  /** Sends so many referrals at once, each under one key. @returns the statuses of the last answers */
  async post(api: TestProcess, referrals: number): Promise<readonly number[]> {
    return Promise.all(
      Array.from({ length: referrals }, async () => {
        const key = randomUUID();
        return (await untilAnswered(() => postReferral(api, this.hub.agency.token, key))).status;
      }),
    );
  }

  /** The mails that answer persons who referred. */
  acknowledgements(): readonly unknown[] {
    return this.mailbox.mails.filter(({ subject }) => subject.startsWith('We have your referral'));
  }

  /** The ids under which alerts were mailed: a mail that was sent twice has one. */
  alertIds(): ReadonlySet<string> {
    const ids = this.mailbox.mails.map(({ messageId }) => messageId);
    return new Set(ids.filter((id) => id.includes('alert-')));
  }

  /** What every process wrote, those that were killed too. */
  get output(): string {
    return this.processes.map(({ output }) => output).join('');
  }

  async end(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.kill()));
    await this.mailbox.close();
    await this.store.close();
    await this.hub.drop();
  }
}

/** Sends again for as long as the api asks for that, which it does when a busy machine makes it wait for its database. */
export async function untilAnswered(send: () => Promise<Response>): Promise<Response> {
  let answer: Response;
  do answer = await send();
  while (answer.status === 503);
  return answer;
}
