import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { AgencyClients, readPublicKey, SCOPES } from '#access';
import { SERVICE } from '#store';
import { restoreClock } from '../../scripts/demonstration/shift-clock.ts';
import { createHub, type Hub } from './hub.ts';
import { ownPort } from './own-port.ts';
import { RunningApi } from './running-api.ts';

const sh = promisify(execFile);

/** The commands by which the quick start makes a key pair, in the folder where they are run. */
export const MAKE_KEY = [
  ...readFileSync('partners/QUICKSTART.md', 'utf8').matchAll(/```sh\n(openssl (?:genpkey|pkey) [^]*?)\n```/g),
].map(([, command]) => command!);

/** A command that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A hub by the real clock, its API, and a client of its agency whose key is made as the quick start says. */
export class PartnerKit {
  private constructor(
    readonly hub: Hub,
    readonly api: RunningApi,
    readonly folder: string,
    readonly clientId: string,
  ) {}

  static async start(): Promise<PartnerKit> {
    const hub = await createHub();
    // Programs of partners sign by the clock of their machine.
    await restoreClock(hub.database);
    const port = await ownPort();
    const settings = { API_PORT: port, API_URL: `http://127.0.0.1:${port}` };
    const api = await RunningApi.start(hub.url, { databaseUrl: hub.url }, settings);
    const folder = mkdtempSync(join(tmpdir(), 'mash-partner-'));
    for (const command of MAKE_KEY) await sh('bash', ['-c', command], { cwd: folder });
    const clients = new AgencyClients(hub.database);
    const { agencyId } = hub.agency;
    const clientId = await clients.add({ agencyId, name: 'Records system', scopes: SCOPES }, SERVICE);
    await clients.addKey(clientId, await readPublicKey(readFileSync(join(folder, 'public.pem'), 'utf8')), SERVICE);
    return new PartnerKit(hub, api, folder, clientId);
  }

  get privateKey(): string {
    return readFileSync(join(this.folder, 'private.pem'), 'utf8');
  }

  /** Runs a program in the folder of the key until it ends. */
  async run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<Ended> {
    const child = spawn(program, args, { cwd: this.folder, env: { PATH: process.env['PATH'], ...env } });
    // A program may end without reading what it is given.
    child.stdin.on('error', () => undefined).end(input);
    const code = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, stdout, stderr };
  }

  async stop(): Promise<void> {
    await this.api.stop();
    await this.hub.drop();
    rmSync(this.folder, { recursive: true });
  }
}
