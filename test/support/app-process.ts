import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const DIST = new URL('../../dist/', import.meta.url);
const ANY_PORT = { API_PORT: '0', WORKER_PORT: '0', WATCHDOG_PORT: '0' };

type App = 'api' | 'console' | 'worker' | 'watchdog';

/** A built app in a process of its own, which a test may kill. */
export class TestProcess {
  /** Everything it wrote, both outputs. */
  output = '';
  readonly exited: Promise<number | null>;
  private port = 0;
  private wasKilled = false;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text: Buffer) => (this.output += text.toString()));
    }
    this.exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  /**
   * @param built the folder of the built code, which may be that of another version
   * @throws Error with what it wrote, when it ends instead of starting
   */
  static async start(app: App, environment: Record<string, string>, built: URL = DIST): Promise<TestProcess> {
    const started = TestProcess.spawn(app, environment, built);
    const ended = started.exited.then((code) => {
      throw new Error(`the ${app} ended by itself with ${code}: ${started.output}`);
    });
    const [{ port }] = (await Promise.race([once(started.child, 'message'), ended])) as [{ port: number }];
    ended.catch((error: Error) => started.wasKilled || process.stderr.write(`${error.message}\n`));
    started.port = port;
    return started;
  }

  /** An app on a port that was free, which may be about to end. */
  static spawn(app: App, environment: Record<string, string>, built: URL = DIST): TestProcess {
    const main = fileURLToPath(new URL(`apps/${app}/src/main.js`, built));
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'info', ...ANY_PORT, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    return new TestProcess(child);
  }

  /** Where it listens. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Such as SIGSTOP: it goes on existing. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    this.wasKilled = true;
    this.child.kill(signal);
    return this.exited;
  }
}
