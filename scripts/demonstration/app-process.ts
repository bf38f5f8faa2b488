import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type AppName = 'api' | 'console' | 'worker' | 'watchdog' | 'sandbox';

/**
 * V8 lets its young generation grow to 16 MB and more before it looks what is still needed; the load of a demonstration
 * does not need that. The image of production leaves it to V8.
 */
const SMALL = '--max-semi-space-size=2';

/** An app in a process of its own, started again if it dies. */
export class AppProcess {
  private child: ChildProcess | null = null;
  private stopping = false;
  /** The last that it wrote. */
  private said = '';

  constructor(
    private readonly name: AppName,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Begins the process, which loads its modules and waits to be started. */
  load(): void {
    const program = this.name === 'sandbox' ? '../sandbox/main.js' : `../../apps/${this.name}/src/main.js`;
    const main = fileURLToPath(new URL(program, import.meta.url));
    const child = fork(main, [this.name], {
      env: { ...process.env, ...this.environment },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps', SMALL, '--import', new URL('./load-and-wait.js', import.meta.url).href],
    });
    this.child = child;
    this.said = '';
    child.stderr!.on('data', (text: Buffer) => (this.said = `${this.said}${text.toString()}`.slice(-2_000)));
  }

  /** @throws Error with the line the app said, when it does not start */
  async start(): Promise<void> {
    if (this.child === null || this.child.exitCode !== null || this.child.signalCode !== null) this.load();
    const child = this.child!;
    child.send('start');
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', () => reject(new Error(this.said.trim() || `${this.name} did not start`)));
    });
    child.once('exit', () => void this.restart());
  }

  /** From now on its end is not a surprise. */
  expectStop(): void {
    this.stopping = true;
  }

  async stop(): Promise<void> {
    this.expectStop();
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 8_000);
    await exited;
    clearTimeout(patience);
  }

  private async restart(): Promise<void> {
    if (this.stopping) return;
    process.stdout.write(`The ${this.name} stopped by itself and is started again.\n`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    if (this.stopping) return;
    await this.start().catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      return this.restart();
    });
  }
}
