import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Agencies, SCOPES, Staff, STAFF_ROLES } from '#access';
import { ALERT_GROUPS, FEEDBACK_BY, type FeedbackBy } from '#domain';
import { FetchOutbound, readSettings, Refused, Settings } from '#platform';
import { createDataSource, Database } from '#store';
import { migrate } from '../migrations/migrate.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import {
  addClient, addClientKey, listClients, removeClientKey, removeKeyAddress, setKeyAddress, suspendClient,
} from './operating/clients.ts'; // prettier-ignore
import { BY_AN_OPERATOR, oneOf, Unusable } from './operating/operator.ts';
import { VERIFIED, verifyRecord } from './operating/verify-record.ts';
import { readSandbox } from './sandbox-file.ts';

const USAGE = `npm run mash -- COMMAND

  submit FILE.json [--key KEY]                   send a referral as a demonstration agency; prints its reference
  migrate                                        bring the database at DATABASE_URL up to date
  agency add NAME --kind KIND --source-code CODE add an agency
  agency feedback NAME email|person              say by what means its referrers are told of a decision
  client add AGENCY NAME --key PUBLIC.pem [--scope SCOPE]…
                                                 add a program of an agency with its public key
  client add AGENCY NAME --keys-at ADDRESS [--scope SCOPE]…
                                                 add one whose keys are at an https:// address (JWKS)
  client list                                    every client, with its keys
  client add-key CLIENT PUBLIC.pem               add its next key: it has two at the most
  client remove-key CLIENT KID                   remove a key that it does not use any more
  client keys-at CLIENT ADDRESS|none             it shows its keys at this address from now on, or at none any more
  client suspend CLIENT | client resume CLIENT   it may do nothing from its next request on, or may again
  staff add SUBJECT --name NAME --email EMAIL --role ROLE [--group GROUP]…
                                                 add a person, by the subject your identity provider gives them

  verify-record [--checkpoints FOLDER] [--public-key FILE]
                                                 compare the whole record with itself and with its checkpoints;
                                                 ends with 0 when it is whole, 1 when it was changed, 2 when that is
                                                 not known. Without options: those of the demonstration, or
                                                 RECORD_CHECKPOINT_DIR and RECORD_SIGNING_KEY_FILE

  roles: ${STAFF_ROLES.join(', ')}
  groups: ${ALERT_GROUPS.join(', ')}
  scopes: ${SCOPES.join(', ')}; a client has all of them unless told otherwise
`;

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exitCode = process.argv[2] === 'verify-record' ? VERIFIED.notVerified : 1;
}

async function run(args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      kind: { type: 'string' },
      'source-code': { type: 'string' },
      name: { type: 'string' },
      email: { type: 'string' },
      role: { type: 'string' },
      group: { type: 'string', multiple: true },
      'keys-at': { type: 'string' },
      scope: { type: 'string', multiple: true },
      checkpoints: { type: 'string' },
      'public-key': { type: 'string' },
    },
  });
  const [command, ...rest] = positionals;
  if (command === 'submit' && rest[0] !== undefined) return submit(rest[0], values.key);
  if (command === 'verify-record') return verify(values.checkpoints, values['public-key']);
  if (command === 'migrate') return onDatabase(async () => say('The database is up to date.'));
  if (command === 'agency' && rest[0] === 'add' && rest[1] !== undefined) {
    return addAgency(rest[1], needed(values.kind, '--kind'), needed(values['source-code'], '--source-code'));
  }
  if (command === 'agency' && rest[0] === 'feedback' && rest[1] !== undefined) {
    return setFeedback(rest[1], oneOf(FEEDBACK_BY, rest[2] ?? '', 'The means'));
  }
  if (command === 'client') return client(rest, values);
  if (command === 'staff' && rest[0] === 'add' && rest[1] !== undefined) {
    const role = oneOf(STAFF_ROLES, needed(values.role, '--role'), '--role');
    const alertGroups = (values.group ?? []).map((group) => oneOf(ALERT_GROUPS, group, '--group'));
    const person = { name: needed(values.name, '--name'), email: needed(values.email, '--email'), role, alertGroups };
    return onDatabase(async (database) => {
      await new Staff(database).add({ subject: rest[1]!, ...person }, BY_AN_OPERATOR);
      say(`${person.name} is a ${role}.`);
    });
  }
  throw new Unusable(USAGE);
}

/** Changes nothing, and migrates nothing: the record is verified as it is. */
async function verify(checkpointsGiven?: string, keyGiven?: string): Promise<void> {
  const dataDir = process.env['MASH_DATA_DIR'] || '.local';
  const demonstration = process.env['DATABASE_URL'] ? null : readSandbox(dataDir);
  const own = (file: string) => (demonstration === null ? undefined : join(dataDir, file));
  const checkpoints = checkpointsGiven ?? process.env['RECORD_CHECKPOINT_DIR'] ?? own('record-checkpoints');
  const publicKey = keyGiven ?? process.env['RECORD_SIGNING_KEY_FILE'] ?? own('record-public-key.pem');
  const url = demonstration?.databaseUrl ?? readSettings(Settings).DATABASE_URL;
  const source = await createDataSource({ url, pool: 2, app: 'mash' }).initialize();
  const progress = (entries: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${entries} entries `);
  };
  try {
    process.exitCode = await verifyRecord(new Database(source.manager), { checkpoints, publicKey }, say, progress);
  } finally {
    await source.destroy();
  }
}

/** The programs of agencies, and their keys. */
async function client(
  [act, ...rest]: readonly string[],
  {
    key,
    scope = [],
    'keys-at': keysAt,
  }: {
    readonly key?: string | undefined;
    readonly 'keys-at'?: string | undefined;
    readonly scope?: readonly string[] | undefined;
  },
): Promise<void> {
  const [first, second] = rest;
  const does = (work: (database: Database) => Promise<string>) =>
    onDatabase(async (database) => say(await work(database)));
  if (act === 'list') return does(listClients);
  if (first === undefined) throw new Unusable(USAGE);
  if (act === 'suspend' || act === 'resume')
    return does((database) => suspendClient(database, first, act === 'suspend'));
  if (second === undefined) throw new Unusable(USAGE);
  if (act === 'add-key') return does((database) => addClientKey(database, first, second));
  if (act === 'remove-key') return does((database) => removeClientKey(database, first, second));
  const outbound = new FetchOutbound();
  if (act === 'keys-at') {
    return does((database) =>
      second === 'none'
        ? removeKeyAddress(database, outbound, first)
        : setKeyAddress(database, outbound, { clientId: first, address: second }),
    );
  }
  if (act !== 'add') throw new Unusable(USAGE);
  const keys = keysAt === undefined ? { keyFile: needed(key, '--key') } : { address: keysAt, outbound };
  const added = { agency: first, name: second, scopes: scope, ...keys };
  return does((database) => addClient(database, added));
}

function wordsOf(error: unknown): string {
  if (error instanceof Refused) return `${error.refusal.title}. ${error.refusal.text}`;
  return error instanceof Error ? error.message : String(error);
}

/** Sends a scenario or a bare body. The key is printed when the answer is lost, so that a retry can use it. */
async function submit(file: string, key: string = randomUUID()): Promise<void> {
  const sandbox = readSandbox(process.env['MASH_DATA_DIR'] || '.local');
  if (sandbox === null) throw new Unusable('There is no demonstration here: run npm start first.');
  const { agency, body } = readReferral(file);
  const sender = sandbox.agencies.find(({ name }) => name === agency?.name) ?? sandbox.agencies[0];
  if (sender === undefined)
    throw new Unusable('The demonstration knows no agency: move its data directory away and run npm start.');
  const response = await fetch(`${sandbox.apiUrl}/api/v1/referrals`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${sender.token}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Unusable(`Nothing answers at ${sandbox.apiUrl}: is npm start running? To try again: --key ${key}`);
  });
  const answer = (await response.json()) as Record<string, string> & {
    errors?: { pointer: string; detail: string }[];
  };
  if (response.status !== 201) {
    const faults = (answer.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer}: ${detail}`).join('');
    throw new Unusable(`${response.status} ${answer['title'] ?? ''}${faults}`);
  }
  say(
    `${answer['reference']}\nreceived ${answer['receivedAt']}, decision expected by ${answer['decisionExpectedBy']}\n${answer['advice']}`,
  );
}

function readReferral(file: string): { agency?: { name: string }; body: unknown } {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Unusable(`${file} cannot be read as JSON.`);
  }
  return typeof content === 'object' && content !== null && 'body' in content ? content : { body: content };
}

async function addAgency(name: string, kind: string, sourceCode: string): Promise<void> {
  await onDatabase(async (database) => {
    await new Agencies(database).add({ name, kind, sourceCode }, BY_AN_OPERATOR);
    say(`${name} is an agency. Give it a client when its developers bring a public key.`);
  });
}

async function setFeedback(name: string, feedbackBy: FeedbackBy): Promise<void> {
  await onDatabase(async (database) => {
    const isThere = await new Agencies(database).setFeedback({ name }, feedbackBy, BY_AN_OPERATOR);
    if (!isThere) throw new Unusable(`There is no agency of the name ${name}.`);
    say(`Referrers of ${name} are told ${feedbackBy === 'email' ? 'by e-mail' : 'by a person of the hub'}.`);
  });
}

async function onDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const { DATABASE_URL } = readSettings(Settings);
  const source = await createDataSource({
    url: DATABASE_URL,
    pool: 2,
    app: 'mash',
    migrations: MIGRATIONS,
  }).initialize();
  try {
    await migrate(source);
    await work(new Database(source.manager));
  } finally {
    await source.destroy();
  }
}

function needed(value: string | undefined, option: string): string {
  if (value === undefined) throw new Unusable(`${option} is missing.\n\n${USAGE}`);
  return value;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
