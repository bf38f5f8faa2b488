import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SERVICE, type Database, sql } from '#store';
import { until } from '../../support/until.ts';
import type { PathName } from './paths.ts';
import type { Order } from './victim.ts';

const VICTIM = fileURLToPath(new URL('./victim.ts', import.meta.url));

interface Victim {
  readonly child: ChildProcess;
  readonly ready: Promise<unknown>;
}

/** Started ahead of their turn, since starting takes longest: as many as keep two cores busy. */
const AHEAD = 3;

/** Processes to be killed at a point of a path. */
export class Victims {
  private readonly waiting: Victim[];

  constructor(
    private readonly database: Database,
    private readonly databaseUrl: string,
    private readonly compileCache: string,
  ) {
    this.waiting = Array.from({ length: AHEAD }, () => this.start());
  }

  /** Goes the whole path. @returns its points */
  async passing<P extends PathName>(order: Omit<Order<P>, 'killAt'>): Promise<readonly string[]> {
    const { child } = await this.take();
    child.send({ ...order, killAt: null });
    const [{ passed }] = (await wordOf(child)) as [{ passed: readonly string[] }];
    await this.isGone(child);
    return passed;
  }

  /** @returns the point at which the process ended, by its own last word; empty when it came to the end of the path */
  async killedAt<P extends PathName>(killAt: string, order: Omit<Order<P>, 'killAt'>): Promise<string> {
    const { child } = await this.take();
    let said = '';
    child.stdout!.on('data', (text: Buffer) => (said += text.toString()));
    child.send({ ...order, killAt });
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    await this.isGone(child);
    return signal === 'SIGKILL' ? said : '';
  }

  close(): void {
    for (const { child } of this.waiting) child.kill('SIGKILL');
  }

  private async take(): Promise<Victim> {
    const taken = this.waiting.shift()!;
    this.waiting.push(this.start());
    await taken.ready;
    return taken;
  }

  private start(): Victim {
    const child = fork(VICTIM, {
      execArgv: [],
      env: { PATH: process.env['PATH'], DATABASE_URL: this.databaseUrl, NODE_COMPILE_CACHE: this.compileCache },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const ready = wordOf(child);
    // Whoever takes it hears of it.
    ready.catch(() => undefined);
    return { child, ready };
  }

  /** PostgreSQL finishes what it was sent, and then finds that the connection is gone. */
  private async isGone({ pid }: ChildProcess): Promise<void> {
    await until(
      async () =>
        (await this.database
          .as(SERVICE)
          .row(sql`SELECT 1 FROM pg_stat_activity WHERE application_name = ${`victim ${pid}`}`)) === null,
    );
  }
}

/** What a process says next. @throws Error when it ends instead; why, it has written itself */
function wordOf(child: ChildProcess): Promise<readonly unknown[]> {
  // Its channel closes after the last word, which the news of its end may overtake.
  const ended = once(child, 'disconnect').then(() => {
    throw new Error('a process that was to be killed ended by itself');
  });
  return Promise.race([once(child, 'message'), ended]);
}
