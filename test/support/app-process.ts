import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const DIST = new URL('../../dist/', import.meta.url);

/** A built app in a process of its own, which a test may kill. */
export class TestProcess {
  /** Everything it wrote, both outputs. */
  output = '';
  readonly exited: Promise<number | null>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text: Buffer) => (this.output += text.toString()));
    }
    this.exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  /** Starts an app and waits until it says that it has started, or has ended. */
  static async start(
    app: 'api' | 'console' | 'worker' | 'watchdog',
    environment: Record<string, string>,
  ): Promise<TestProcess> {
    const main = fileURLToPath(new URL(`apps/${app}/src/main.js`, DIST));
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'info', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const started = new TestProcess(child);
    await Promise.race([new Promise((resolve) => child.once('message', resolve)), started.exited]);
    return started;
  }

  /** Such as SIGSTOP: it goes on existing. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}
