// This program made hub-before-0010.sql, once, at commit c8e6813: the last commit before migration 0010.
//
//   git worktree add ../hub-before c8e6813 && cd ../hub-before && npm ci && npm run build
//   mkdir test/upgrade && cp <newer checkout>/test/upgrade/*.mjs test/upgrade/
//   node_modules/.bin/node test/upgrade/make-hub-before-0010.mjs
//
// The use cases of that commit play nine days of a hub on a clock that stands still between two acts. The people are
// those of scripts/scenarios and scripts/demonstration/people.ts. The program is kept so that a reader can see where
// each row comes from. It does not run on later commits: their use cases have other names and arguments.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Drafts, Staff } from '#access';
import * as alerts from '#alerts';
import { AcknowledgeReferral, Consultations, SubmitReferral } from '#intake';
import { JobRelay, JobRunner } from '#jobs';
import { createLogger, Mailer, Seal } from '#platform';
import { createDataSource, Database, linkEarlierReferrals, migrate, Policies } from '#store';
import * as triage from '#triage';
import { MIGRATIONS } from '../../dist/migrations/index.js';
import { startEmbeddedPostgres } from '../../dist/scripts/demonstration/embedded-postgres.js';
import { addPeople } from '../../dist/scripts/demonstration/history.js';
import { startMailbox } from '../../dist/scripts/demonstration/mailbox.js';
import { DEMONSTRATION_STAFF } from '../../dist/scripts/demonstration/people.js';
import { readScenarios } from '../../dist/scripts/demonstration/scenario-files.js';
import { stopClock } from '../../dist/scripts/demonstration/shift-clock.js';
import { freePort } from '../../dist/scripts/stand-ins/free-port.js';
import { startNotifyStandIn } from '../../dist/scripts/stand-ins/notify.js';
import { play } from './hub-before-0010-days.mjs';

const SECRET = 'the fictional secret of the hub before 0010';

const dataDir = mkdtempSync(join(tmpdir(), 'mash-before-0010-'));
const postgres = await startEmbeddedPostgres({ dataDir, port: await freePort(), settings: ['fsync=off'] });
const url = postgres.url('postgres');
const source = await createDataSource({ url, pool: 8, app: 'before', migrations: MIGRATIONS }).initialize();
await migrate(source);
const database = new Database(source.manager);
const policies = new Policies(database);
const log = createLogger('before', 'silent');
const scenarios = readScenarios();

// The ways out of the building. The mail server and GOV.UK Notify can be out of order, and the mail server can take a
// message without an answer.
const [notify, mailbox] = [await startNotifyStandIn(), await startMailbox(0)];
const teams = createServer((request, response) => request.resume().on('end', () => response.writeHead(202).end()));
await new Promise((resolve) => teams.listen(0, '127.0.0.1', resolve));
const settings = {
  SMTP_URL: mailbox.smtpUrl,
  MAIL_FROM: 'mash@hub.example.org',
  NOTIFY_URL: notify.url,
  NOTIFY_API_KEY: notify.apiKey,
  NOTIFY_SMS_TEMPLATE: randomUUID(),
  TEAMS_WEBHOOK_URL: `http://127.0.0.1:${teams.address().port}/`,
};
let mail = 'works';
let sends = true;
const mailer = new Mailer(settings.SMTP_URL, settings.MAIL_FROM);
const send = mailer.send.bind(mailer);
mailer.send = async (message) => {
  if (mail === 'works') return send(message);
  if (mail === 'no answer') return new Promise(() => undefined);
  throw Object.assign(new Error('the mail server did not take the message'), { name: 'MailNotTaken' });
};
const inUse = alerts.channelsInUse(settings);
const providers = alerts.providersOf(settings, mailer).map((provider) => ({
  ...provider,
  send: async (message) => {
    if (provider.name === 'smtp' && mail === 'out of order') throw new alerts.NotSent('try-again', 'ECONNECTION');
    return provider.send(message);
  },
}));
const outcome = new alerts.RecordOutcome(database, policies, inUse);
const sender = { consoleUrl: 'https://console.hub.example.org', timeZone: 'Europe/London' };
const dispatchers = providers.map((one) => new alerts.Dispatcher(database, one, sender, outcome, log));
const doubt = new alerts.SettleDoubt(database, providers, outcome, log);
const fireDue = new alerts.FireDue(database, policies, inUse, log);
const rearm = new alerts.RearmDeadlines(database, policies, log);
const handover = new alerts.BeginHandover(database, policies);
const rota = new alerts.WatchRota(database, policies, inUse);
const lapsed = new triage.ReturnLapsedClaims(database);
const acknowledge = new AcknowledgeReferral(mailer, 'Europe/London');
const runner = new JobRunner(
  database,
  {
    'acknowledge-referral': (payload, tx) => acknowledge.handle(payload, tx),
    'match-earlier-referrals': ({ referralId }, tx) => linkEarlierReferrals(tx, referralId),
  },
  log,
);
const relay = new JobRelay(database, { carry: async () => undefined }, log);

const instant = (local) => Temporal.ZonedDateTime.from(`2026-11-${local}[Europe/London]`).toInstant();
const sendAll = async () => {
  for (const dispatcher of dispatchers) await dispatcher.sendDue();
};

/** The worker does its work at every instant at which something is due, up to a local time such as `16T10:00`. */
async function until(local) {
  for (;;) {
    await worker();
    const { next } = await database.row(
      `SELECT least(
         (SELECT min(fire_at) FROM deadline_step s JOIN deadline d ON d.id = s.deadline_id
          WHERE s.state = 'waiting' AND d.state = 'open' AND fire_at > mash.now()),
         (SELECT min(next_attempt_at) FROM delivery WHERE $1 AND state = 'queued' AND next_attempt_at > mash.now()))
         AS next`,
      [sends],
    );
    if (next === null || Temporal.Instant.compare(next, instant(local)) >= 0) break;
    await stopClock(database, next);
  }
  await stopClock(database, instant(local));
  await worker();
}

async function worker() {
  for (const task of [lapsed, handover, rota, rearm, fireDue]) await task.execute();
  if (!sends) return;
  await sendAll();
  await doubt.execute();
  while ((await runner.runDue(4)) > 0);
}

await stopClock(database, instant('16T08:30'));
const agencies = new Map((await addPeople(database, scenarios)).map(({ name, agencyId }) => [name, agencyId]));
const staff = new Staff(database);
const people = {};
for (const { subject } of DEMONSTRATION_STAFF) people[subject.split('.')[0]] = await staff.bySubject(subject);
const { sam, priya, jo, tomasz, helen, david, nadia } = people;
const drafts = new Drafts(database, new Seal(SECRET, 'drafts'));
const changeRota = new alerts.ChangeRota(database);
const contactOf = (person, phone, worksAgain = false) => {
  const { email, alertGroups: groups } = DEMONSTRATION_STAFF.find(({ name }) => name === person.name);
  return { kind: 'set-contact', personId: person.id, email, phone, groups, worksAgain };
};

/** A scenario of this number comes, from its agency or from a form that a person of the hub fills in. */
async function comes(number, taken) {
  const { agency, body } = scenarios[number - 1];
  const command = { agencyId: agencies.get(agency.name), idempotencyKey: randomUUID(), referral: body };
  const submit = new SubmitReferral(database, policies, { nudge: () => undefined });
  const { answer } = await submit.execute(taken === undefined ? command : { ...command, taken });
  return answer.reference;
}
const page = (reference, by) => new triage.ReadReferral(database).execute({ reference, by });
const seen = async (reference, by) => (await page(reference, by)).version;
const claim = (reference, by) => new triage.ClaimReferral(database).execute({ reference, by });
const rate = async (reference, by, rating, reason) => {
  const command = { reference, rating, reason, version: await seen(reference, by), formId: randomUUID(), by };
  await new triage.RateReferral(database, policies).execute(command);
};
const decide = async (reference, by, outcome, thresholdLevel, rationale, analysis) => {
  const form = { formId: randomUUID(), version: await seen(reference, by), ...(analysis && { analysis }) };
  const command = { reference, outcome, thresholdLevel, rationale, ...form, by };
  await new triage.RecordDecision(database, policies).execute(command);
};
const sign = async (reference, by, result = 'agreed', comments = null) => {
  const command = { reference, result, comments, version: await seen(reference, by), formId: randomUUID(), by };
  await new triage.SignOffDecision(database, policies).execute(command);
};
const takeBack = async (reference, by) => {
  const last = (await page(reference, by)).decisions.at(-1);
  await new triage.UndoDecision(database).execute({ reference, act: last.signOff?.id ?? last.id, by });
};
const acknowledged = (reference, by) => new alerts.AcknowledgeAlerts(database, policies).execute({ reference, by });
const advise = (number, by, question, advice) => {
  const { agency, body } = scenarios[number - 1];
  const { name: caller, role } = body.referrer;
  const asked = { id: randomUUID(), agencyId: agencies.get(agency.name), caller, role, question, advice };
  return new Consultations(database).record({ ...asked, outcome: 'advice_only' }, by);
};

await (
  await import('./hub-before-0010-days.mjs')
).play({
  ...{ database, policies, instant, until, fireDue, sendAll, runner, relay, notify, agencies, drafts, changeRota },
  ...{ people, contactOf, comes, page, claim, rate, decide, sign, takeBack, acknowledged, advise, log, rearm },
  setMail: (state) => (mail = state),
  stopSending: () => (sends = false),
});

const rows = await dump(url);
writeFileSync(new URL('hub-before-0010.sql', import.meta.url), rows);
console.log(`${rows.length} characters`);
await postgres.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);

/** Every row of every table but the sessions, as INSERT statements in the order of the tables' names. */
async function dump(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`SET search_path = public; SET TimeZone = 'UTC'`);
  const { rows: tables } = await client.query(
    `SELECT c.relname AS name, array_agg(quote_ident(attname) ORDER BY attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'session'
     GROUP BY c.relname ORDER BY c.relname`,
  );
  const written = [];
  for (const { name, columns } of tables) {
    const values = columns.map((column) => `coalesce(quote_literal(${column}::text), 'NULL')`).join(`, `);
    const { rows: found } = await client.query(
      `SELECT '(' || concat_ws(',', ${values}) || ')' AS row FROM ${name} ORDER BY ${columns.join(', ')}`,
    );
    const lines = found.map(({ row }) => row).join(',\n');
    if (found.length > 0) written.push(`INSERT INTO ${name} (${columns.join(', ')}) VALUES\n${lines};\n`);
  }
  await client.end();
  return written.join('\n');
}
