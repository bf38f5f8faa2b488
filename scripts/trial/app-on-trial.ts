import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = (app: string) => fileURLToPath(new URL(`../../apps/${app}/src/main.js`, import.meta.url));
const HOST_CLOCK = new URL('./host-clock.js', import.meta.url).href;
const KEPT_OUTPUT = 100_000;

/** A built app as a process of its own, which is killed and stopped and started again. */
export class AppOnTrial {
  /** The last of what it wrote. */
  output = '';
  /** How often it has ended without being killed: it is started again, as its operator would. */
  endedByItself = 0;
  /** Where it listens. */
  port = 0;
  private child: ChildProcess | null = null;
  private starting: Promise<void> | null = null;
  private isClosing = false;
  private skewMinutes = 0;

  constructor(
    readonly app: 'api' | 'console' | 'worker' | 'watchdog',
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  get isRunning(): boolean {
    return this.child !== null && this.starting === null;
  }

  /** Resolves when it has started, however often it has to be tried: PostgreSQL may be away. */
  start(skewMinutes = 0): Promise<void> {
    this.skewMinutes = skewMinutes;
    this.starting ??= this.spawnUntilStarted().finally(() => (this.starting = null));
    return this.starting;
  }

  /** @param signal SIGTERM lets it end what it is doing */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === null) return;
    this.child = null;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await ended;
    }
  }

  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await this.kill();
    await this.starting;
  }

  private async spawnUntilStarted(): Promise<void> {
    while (!this.isClosing && !(await this.spawnOnce())) await new Promise((resolve) => setTimeout(resolve, 200));
  }

  private async spawnOnce(): Promise<boolean> {
    const child = spawn(process.execPath, ['--import', HOST_CLOCK, MAIN(this.app)], {
      env: {
        PATH: process.env['PATH'],
        TZ: 'UTC',
        LOG_LEVEL: 'warn',
        // A start is most of what a fault costs; compiled code is kept from one to the next.
        NODE_COMPILE_CACHE: join(tmpdir(), 'mash-trial-compiled'),
        TRIAL_SKEW_MINUTES: String(this.skewMinutes),
        ...this.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text: Buffer) => (this.output = `${this.output}${text.toString()}`.slice(-KEPT_OUTPUT)));
    }
    const started = await new Promise<boolean>((resolve) => {
      child.once('message', (message: { readonly port: number }) => {
        this.port = message.port;
        resolve(true);
      });
      child.once('exit', () => resolve(false));
    });
    if (!started) return this.child !== child;
    child.once('exit', () => {
      if (this.child !== child) return;
      this.child = null;
      this.endedByItself++;
      void this.start(this.skewMinutes);
    });
    return true;
  }
}
