import 'reflect-metadata';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type RunningPostgres } from '../demonstration/embedded-postgres.ts';
import { startMailbox } from '../demonstration/mailbox.ts';
import { postgresUser } from '../demonstration/postgres-user.ts';
import { VERIFIED, verifyRecord } from '../operating/verify-record.ts';
import { freePort } from '../stand-ins/free-port.ts';
import { AppOnTrial } from '../trial/app-on-trial.ts';
import { archiveAll, archivingTo, putBack, replaying, takeBaseBackup } from './base-backup.ts';
import { differencesInWords, readContents } from './contents.ts';
import { DrillHub, sendReferrals } from './hub.ts';
import { Stopwatch } from './stopwatch.ts';

const DATABASE = 'mash';
const EARLIER = 'before_the_last_referrals';
/** Late enough that steps of what was just accepted are due. */
const TWO_HOURS_MS = 2 * 60 * 60 * 1_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const failures: string[] = [];
const watch = new Stopwatch(say);
const top = mkdtempSync(join(tmpdir(), 'mash-restore-drill-'));
const at = (name: string) => join(top, name);
const ending: (() => Promise<unknown>)[] = [];
// The servers and apps end with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    rmSync(top, { recursive: true, force: true });
    process.exit(130);
  });
}
try {
  await drill();
  watch.sum();
} finally {
  for (const end of ending.toReversed()) await end();
  rmSync(top, { recursive: true, force: true });
}
for (const failure of failures) say(`FAILED: ${failure}`);
say(failures.length === 0 ? 'The drill passed.' : 'The drill failed.');
process.exit(failures.length === 0 ? 0 : 1);

function mustBe(isSo: boolean, otherwise: string): void {
  if (!isSo) failures.push(otherwise);
}

async function drill(): Promise<void> {
  makeFolders();
  const mailbox = await startMailbox(0);
  ending.push(() => mailbox.close());
  const keys = generateKeyPairSync('ed25519');
  const pem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeFileSync(at('public-key.pem'), keys.publicKey.export({ type: 'spki', format: 'pem' }));
  const outside = { folder: at('checkpoints'), key: keys.privateKey };
  const startApp = async (app: 'api' | 'worker', url: string) => {
    const started = new AppOnTrial(app, {
      DATABASE_URL: url,
      SMTP_URL: mailbox.smtpUrl,
      CONSOLE_URL: 'http://127.0.0.1:3001',
      API_PORT: '0',
      WORKER_PORT: '0',
      RECORD_CHECKPOINT_DIR: outside.folder,
      RECORD_SIGNING_KEY: pem,
    });
    ending.push(() => started.close());
    await started.start();
    return started;
  };
  const verify = async (hub: DrillHub) => {
    const lines: string[] = [];
    const comparedWith = { checkpoints: outside.folder, publicKey: at('public-key.pem') };
    const code = await verifyRecord(
      hub.database,
      comparedWith,
      (line) => void lines.push(line),
      () => undefined,
    );
    return { code, lines };
  };

  const port = await freePort();
  const first = await startPostgres('first', port, archivingTo(at('archive')));
  await run(first.url('postgres'), `CREATE DATABASE ${DATABASE}`);
  const url = first.url(DATABASE);
  let hub = await DrillHub.open(url);
  const [agency] = await watch.step('make a hub with thirteen months behind it', () => hub.makeDemonstration());
  const token = agency!.token;
  await watch.step('a worker sends all that waits', async () => {
    const worker = await startApp('worker', url);
    await hub.until(({ messages, jobs }) => messages + jobs === 0);
    await worker.kill('SIGTERM');
  });
  const api = await startApp('api', url);
  const before = newKeys(5);
  await watch.step('take a backup while five referrals come', () =>
    Promise.all([takeBaseBackup(url, at('first'), at('backup')), sendReferrals(api.port, token, before)]),
  );
  await hub.nameInstant(EARLIER);
  const after = newKeys(10);
  const references = await watch.step('ten more referrals come, alerts fire, and no worker runs', async () => {
    const accepted = await sendReferrals(api.port, token, after);
    await hub.fireLater(TWO_HOURS_MS);
    return accepted;
  });
  await api.kill('SIGTERM');
  await hub.takeCheckpoint(outside);
  const waits = await hub.waiting();
  const sentBefore = new Set(mailbox.mails.map(({ messageId }) => messageId));
  const sentCount = mailbox.mails.length;
  const was = await readContents(url);
  await archiveAll(url);
  await hub.close();
  say(
    `          ${was.size} tables, ${sum(was)} rows; ${sentCount} messages sent, ${waits.messages} wait; ${waits.jobs} jobs wait`,
  );
  mustBe(
    sentCount > 0 && waits.messages > 0 && waits.jobs > 0,
    'Nothing was sent or nothing waited, so that the drill shows nothing.',
  );

  say('          The server is killed, and its files are deleted.');
  await first.crash();
  rmSync(at('first'), { recursive: true });

  await watch.step('put the files of the backup in a new cluster', () => putBack(at('backup'), at('second')), true);
  const second = await watch.step(
    'replay the log to its end',
    () => startPostgres('second', port, replaying(at('archive'))),
    true,
  );
  hub = await DrillHub.open(second.url(DATABASE));
  await watch.step(
    'compare every table with what it had',
    async () => {
      for (const line of differencesInWords(was, await readContents(url))) mustBe(false, line);
    },
    true,
  );
  const whole = await watch.step('verify the record with the checkpoints from outside', () => verify(hub), true);
  for (const line of whole.lines) say(`          ${line}`);
  mustBe(whole.code === VERIFIED.good, 'The record of the restored database does not verify.');
  await watch.step(
    'start the api and a worker, up to the first message that waited',
    async () => {
      const [again] = await Promise.all([startApp('api', url), startApp('worker', url)]);
      const answered = await sendReferrals(again.port, token, after);
      mustBe(answered.join() === references.join(), 'An agency that sent again got another answer than before.');
      await hub.until(({ messages }) => messages < waits.messages);
    },
    true,
  );
  await watch.step('send all that waited', () => hub.until(({ messages, jobs }) => messages + jobs === 0));
  const sent = mailbox.mails.slice(sentCount).map(({ messageId }) => messageId);
  say(`          ${sent.length} messages sent after the restore`);
  mustBe(sent.length > 0, 'No message that waited was sent.');
  mustBe(new Set(sent).size === sent.length, 'A message that waited was sent twice.');
  mustBe(!sent.some((id) => sentBefore.has(id)), 'A message that had been sent before the loss was sent again.');
  await hub.close();

  await watch.step('restore again, to an instant before the last ten referrals', async () => {
    putBack(at('backup'), at('third'));
    const third = await startPostgres('third', await freePort(), replaying(at('archive'), EARLIER));
    const earlier = await DrillHub.open(third.url(DATABASE));
    const { code, lines } = await verify(earlier);
    await earlier.close();
    for (const line of [lines[0]!, ...lines.filter((one) => !one.startsWith('Rolled back:'))]) say(`          ${line}`);
    mustBe(code === VERIFIED.tampered, 'A restore that lost entries was not detected.');
    mustBe(
      lines.some((line) => line.startsWith('Rolled back:')),
      'A restore that lost entries was not explained.',
    );
  });
}

/** PostgreSQL's user writes the archive and reads the backup; the rest is this user's. */
function makeFolders(): void {
  chmodSync(top, 0o755);
  const user = postgresUser();
  for (const name of ['archive', 'checkpoints']) mkdirSync(at(name), { mode: 0o700 });
  if (user !== null) chownSync(at('archive'), user.uid, user.gid);
}

async function startPostgres(name: string, port: number, settings: readonly string[]): Promise<RunningPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: at(name), port, settings });
  ending.push(() => postgres.stop());
  return postgres;
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function newKeys(count: number): readonly string[] {
  return Array.from({ length: count }, () => randomUUID());
}

function sum(contents: Awaited<ReturnType<typeof readContents>>): number {
  return [...contents.values()].reduce((all, { rows }) => all + rows, 0);
}
