import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { stopWithUs } from '../../scripts/stand-ins/stop-with-us.ts';
import { until } from '../support/until.ts';
import { PATH, type Tree } from './dockerfile.ts';

interface Service {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

/** Runs the services of docker-compose.yml that are built from this checkout, without containers. */
export class Composed {
  private readonly running: Running[] = [];
  private readonly services: Readonly<Record<string, Service>>;

  /**
   * @param settings what a file .env beside docker-compose.yml would hold
   * @param here settings that differ because there are no containers: addresses and ports
   */
  constructor(
    private readonly tree: Tree,
    settings: Readonly<Record<string, string>>,
    private readonly here: Readonly<Record<string, string>>,
  ) {
    const parsed: unknown = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true });
    const { services } = JSON.parse(JSON.stringify(parsed), (_, value: unknown) =>
      typeof value === 'string' ? filledIn(value, settings) : value,
    ) as { services: Record<string, Service> };
    this.services = services;
  }

  /** Runs a command as a service would, to its end, as `docker compose run --rm SERVICE COMMAND` does. */
  async run(name: string, command: readonly string[] = this.services[name]!.command): Promise<string> {
    const running = new Running(this.spawn(name, command));
    if ((await running.ended) !== 0) throw new Error(`${command.join(' ')} failed: ${running.output}`);
    return running.output;
  }

  /** Starts a service, and waits until its own health check passes. @throws Error when it ends instead */
  async start(name: string): Promise<void> {
    const { command, healthcheck, environment } = this.services[name]!;
    const running = new Running(this.spawn(name, command));
    this.running.push(running);
    const [port, value] = Object.entries(environment).find(([setting]) => setting.endsWith('_PORT'))!;
    const check = healthcheck!.test.slice(1).map((word) => word.replace(`:${value}/`, `:${this.here[port]}/`));
    await until(async () => {
      if (running.hasEnded) throw new Error(`${name} ended by itself: ${running.output}`);
      return (await new Running(this.spawn(name, check)).ended) === 0;
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map((one) => one.stop()));
  }

  private spawn(name: string, [program, ...args]: readonly string[]): ChildProcess {
    return spawn(program === 'node' ? process.execPath : program!, args, {
      cwd: this.tree.folder,
      env: { PATH, ...this.tree.environment, ...this.services[name]!.environment, ...this.here },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

/** As Compose replaces `${NAME}`, `${NAME:-otherwise}` and `${NAME:?why it is needed}`. */
function filledIn(text: string, settings: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, otherwise?: string) => {
    const value = settings[name] ?? (kind === '-' ? otherwise : undefined);
    if (value === undefined) throw new Error(`docker-compose.yml needs ${name}: ${otherwise}`);
    return value;
  });
}

/** A process that ends with this one. */
class Running {
  output = '';
  hasEnded = false;
  readonly ended: Promise<number | null>;

  constructor(private readonly child: ChildProcess) {
    stopWithUs(child, 'TERM');
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text: Buffer) => (this.output += text.toString()));
    }
    this.ended = once(child, 'close').then(([code]) => {
      this.hasEnded = true;
      return code as number | null;
    });
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }
}
