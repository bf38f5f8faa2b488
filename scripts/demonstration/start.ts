import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { BadSettings } from '../../libs/platform/src/bad-settings.ts';
import { AppProcess } from './app-process.ts';
import { answers, CannotStart, everyPortIsFree, takeDataDirectory } from './before-start.ts';
import { databaseFolder } from './database-folder.ts';
import { PostgresDidNotStart, startEmbeddedPostgres, stopOrphan, type RunningPostgres } from './embedded-postgres.ts';
import { startLocalSignIn, type DemonstrationPerson } from './local-sign-in.ts';
import { startMailbox } from './mailbox.ts';
import { DEMONSTRATION_PARTNERS, DEMONSTRATION_STAFF, KNOWN_TO_THE_PROVIDER } from './people.ts';
import { postgresUser } from './postgres-user.ts';
import { Preparation } from './preparation.ts';
import { readDemonstrationSettings, type DemonstrationSettings } from './settings.ts';
import { welcome } from './welcome.ts';

/** The user of the apps, who is no superuser. The server listens on this machine alone. */
const SERVICES_USER = 'hub';
/** What has to be stopped, in the order in which it was started. */
const running: { stop: () => Promise<unknown>; expectStop?: () => void }[] = [];
let stopping: Promise<void> | null = null;

try {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopEverything(0));
  // The script that started this process was killed.
  process.on('disconnect', () => void stopEverything(0));
  // The terminal may go first: then nothing reads what is said.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  await start(readDemonstrationSettings(process.env));
} catch (error) {
  if (stopping === null) {
    process.stderr.write(`${whyNot(error)}\n`);
    await stopEverything(1);
  }
}

async function start(settings: DemonstrationSettings): Promise<void> {
  const { ports, redisUrl } = settings;
  const pidFile = takeDataDirectory(settings.dataDir);
  running.push({ stop: async () => rmSync(pidFile, { force: true }) });
  const databaseDir = settings.databaseUrl === undefined ? databaseFolder(settings.dataDir, postgresUser()) : '';
  await stopOrphan(databaseDir);
  await everyPortIsFree(settings);
  if (redisUrl !== undefined) await answers(redisUrl, 'REDIS_URL', 6379);
  if (settings.databaseUrl !== undefined) await answers(settings.databaseUrl, 'DATABASE_URL', 5432);
  // It loads its modules meanwhile. When this process ends before, it ends too.
  const preparation = new Preparation();
  const embedded = settings.databaseUrl === undefined ? await embeddedDatabase(databaseDir, ports.POSTGRES_PORT) : null;
  const databaseUrl = settings.databaseUrl ?? embedded!.urlOf('mash');
  running.push(preparation);
  const url = (port: number) => `http://127.0.0.1:${port}`;
  const mailbox = await startMailbox(ports.MAILBOX_PORT);
  running.push({ stop: () => mailbox.close() });
  const consoleUrl = url(ports.CONSOLE_PORT);
  const signIn = process.env['OIDC_ISSUER'] ? {} : await localSignIn(ports.SIGN_IN_PORT, consoleUrl);
  const environment = {
    LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
    DATABASE_URL: databaseUrl,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    API_PORT: String(ports.API_PORT),
    API_URL: url(ports.API_PORT),
    CONSOLE_PORT: String(ports.CONSOLE_PORT),
    WORKER_PORT: String(ports.WORKER_PORT),
    WATCHDOG_PORT: String(ports.WATCHDOG_PORT),
    CONSOLE_URL: consoleUrl,
    COUNCIL_NAME: process.env['COUNCIL_NAME'] || 'Loomshire Council (demonstration)',
    TRAINING_HUB: 'yes',
    // Telephone numbers that Ofcom keeps for fiction.
    HUB_PHONE: process.env['HUB_PHONE'] || '0161 496 0000',
    HUB_HOURS: process.env['HUB_HOURS'] || 'Monday to Wednesday 8:30am to 5pm, Thursday to 4:30pm, Friday to 4pm',
    EDT_PHONE: process.env['EDT_PHONE'] || '0161 496 0001',
    SMTP_URL: mailbox.smtpUrl,
    SESSION_SECRET: keptSecret(settings.dataDir),
    ATTACHMENT_KEYS: keptFileKey(settings.dataDir),
    WEBHOOK_KEY: keptSecret(settings.dataDir, 'webhook-key'),
    ...recordCheckpoints(settings.dataDir),
    ...signIn,
    // Of a PostgreSQL that is another's nothing is taken but the database of the hub.
    ...(embedded === null ? {} : sandboxFor(settings)),
  };
  const apps = (['worker', 'watchdog', 'api', 'console'] as const).map((name) => new AppProcess(name, environment));
  running.push(...apps);
  for (const app of apps) app.load();
  const sandbox = await preparation.of({
    dataDir: settings.dataDir,
    sandbox: {
      databaseUrl,
      apiUrl: url(ports.API_PORT),
      consoleUrl,
      mailboxUrl: mailbox.url,
      agencies: [],
      staff: [...DEMONSTRATION_STAFF, ...DEMONSTRATION_PARTNERS].map(({ name, role, subject }) => ({
        name,
        role,
        username: subject,
      })),
    },
  });
  await Promise.all(apps.map((app) => app.start()));
  process.stdout.write(welcome(sandbox, { redisUrl, dataDir: settings.dataDir, databaseDir }));
  if (embedded === null) return;
  // The one that most people do not open comes when the others are there.
  const forDevelopers = new AppProcess('sandbox', { ...environment, DATABASE_URL: embedded.urlOf('postgres') });
  running.push(forDevelopers);
  await forDevelopers.start();
}

/**
 * Starts the database, and sees that the hub has its own in it.
 *
 * @param dataDir an absolute path
 * @returns the addresses of its databases for the user that owns the hub's. As in production that is no superuser; a hub
 * of before there was such a user keeps the one it has
 */
async function embeddedDatabase(dataDir: string, port: number): Promise<{ urlOf(database: string): string }> {
  const postgres = await startEmbeddedPostgres({ dataDir, port });
  const kept = { postgres };
  running.push({ stop: () => kept.postgres.stop() });
  void keepRunning(kept, () => startEmbeddedPostgres({ dataDir, port }));
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    const owner = async () => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT pg_get_userbyid(datdba) AS name FROM pg_database WHERE datname = 'mash'`,
      );
      return rows[0]?.name;
    };
    if ((await owner()) === undefined) {
      // CREATEROLE as in production; CREATEDB for the sandbox, which is on the same server here.
      await client.query(`DO $$ BEGIN CREATE ROLE ${SERVICES_USER} LOGIN CREATEROLE CREATEDB PASSWORD '${SERVICES_USER}';
        EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
      await client.query(`CREATE DATABASE mash OWNER ${SERVICES_USER}`);
    }
    const isOfUser = (await owner()) === SERVICES_USER;
    return {
      urlOf: (database) => {
        const url = new URL(postgres.url(database));
        if (isOfUser) [url.username, url.password] = [SERVICES_USER, SERVICES_USER];
        return url.toString();
      },
    };
  } finally {
    await client.end();
  }
}

/** A database that ends by itself is started again; the apps find it when it is back. */
async function keepRunning(kept: { postgres: RunningPostgres }, again: () => Promise<RunningPostgres>): Promise<void> {
  for (;;) {
    await kept.postgres.endedByItself;
    if (stopping !== null) return;
    process.stdout.write('The database stopped by itself and is started again.\n');
    // The processes that it left behind take a moment to notice.
    for (let tried = 1; ; tried++) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      try {
        kept.postgres = await again();
        break;
      } catch (error) {
        if (tried < 10) continue;
        process.stderr.write(`${whyNot(error)}\n`);
        return stopEverything(1);
      }
    }
  }
}

async function localSignIn(port: number, consoleUrl: string) {
  const staff = DEMONSTRATION_STAFF.map(({ subject, name, role }) => ({ subject, name, role }));
  const partners = DEMONSTRATION_PARTNERS.map(({ subject, name, agency }) => ({ subject, name, role: `of ${agency}` }));
  const people: readonly DemonstrationPerson[] = [...staff, ...partners];
  const signIn = await startLocalSignIn(port, consoleUrl, async () => [...people, ...KNOWN_TO_THE_PROVIDER]);
  running.push({ stop: () => signIn.close() });
  return signIn.settings;
}

/** The sandbox for agencies' developers: its address, its port, and the secret of its links. */
function sandboxFor({ dataDir, ports: { SANDBOX_PORT } }: DemonstrationSettings) {
  return {
    SANDBOX_PORT: String(SANDBOX_PORT),
    SANDBOX_URL: `http://127.0.0.1:${SANDBOX_PORT}`,
    SANDBOX_SECRET: keptSecret(dataDir, 'sandbox-secret'),
  };
}

/** Kept between starts, so that a restart signs no person out. */
function keptSecret(dataDir: string, name = 'session-secret'): string {
  const file = join(dataDir, name);
  if (!existsSync(file) || readFileSync(file, 'utf8').length < 32)
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** The key with which files of agencies are encrypted: kept between starts, or no file could be opened any more. */
function keptFileKey(dataDir: string): string {
  const file = join(dataDir, 'attachment-key');
  if (!existsSync(file)) writeFileSync(file, `demonstration:${randomBytes(32).toString('base64')}`, { mode: 0o600 });
  return process.env['ATTACHMENT_KEYS'] || readFileSync(file, 'utf8');
}

/** The folder for the checkpoints of the record, and the key that signs them; both kept between starts. */
function recordCheckpoints(dataDir: string) {
  const folder = process.env['RECORD_CHECKPOINT_DIR'] || join(dataDir, 'record-checkpoints');
  const keyFile = join(dataDir, 'record-signing-key.pem');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(keyFile)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(join(dataDir, 'record-public-key.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  const isGiven = Boolean(process.env['RECORD_SIGNING_KEY'] || process.env['RECORD_SIGNING_KEY_FILE']);
  return { RECORD_CHECKPOINT_DIR: folder, ...(isGiven ? {} : { RECORD_SIGNING_KEY_FILE: keyFile }) };
}

async function stopEverything(code: number): Promise<void> {
  stopping ??= (async () => {
    if (code === 0) process.stdout.write('Stopping…\n');
    for (const one of running) one.expectStop?.();
    for (const one of running.toReversed()) await one.stop().catch(() => undefined);
    if (code === 0) process.stdout.write('Stopped. The data is kept: npm start goes on from here.\n');
    process.exit(code);
  })();
  await stopping;
}

function whyNot(error: unknown): string {
  if (error instanceof CannotStart || error instanceof PostgresDidNotStart || error instanceof BadSettings) {
    return error.message;
  }
  return error instanceof Error ? error.message : String(error);
}
