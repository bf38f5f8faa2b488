import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { Staff, type StaffActor } from '#access';
import { FireDue } from '#alerts';
import { RecordDecision } from '#decisions';
import { AskProviders, SendMessages } from '#messages';
import { createLogger, Seal } from '#platform';
import { ReadReferral, TakeDownReferral } from '#referrals';
import { createDataSource, Database, SERVICE, sql } from '#store';
import { Drafts, NO_FILTERS, ReadQueue } from '#work';
import { MIGRATIONS, TYPESCRIPT_MIGRATIONS } from '../../migrations/index.ts';
import { migrate } from '../../migrations/migrate.ts';
import { startMailbox, type Mailbox } from '../../scripts/demonstration/mailbox.ts';
import { stopClock } from '../../scripts/demonstration/shift-clock.ts';
import { composeHub, type WholeHub } from '../../scripts/hub/whole-hub.ts';
import { SCENARIOS } from '../support/scenarios.ts';
import { createEmptyDatabase } from '../support/test-database.ts';

/** Every row of a hub that the commit before migration 0010 filled; make-hub-before-0010.mjs says how. */
const HUB_BEFORE = new URL('hub-before-0010.sql', import.meta.url);
/** The hub's processes stopped at this instant. */
const STOPPED_AT = Temporal.Instant.from('2026-11-24T10:01:02Z');
/** The secret under which its drafts are sealed. */
const SECRET = 'the fictional secret of the hub before 0010';

let dropDatabase: () => Promise<void>;
let source: DataSource;
let rowsBefore: Readonly<Record<string, number>>;

beforeAll(async () => {
  const { url, drop } = await createEmptyDatabase();
  dropDatabase = drop;
  const options = { url, pool: 8, app: 'test' };
  const before = await createDataSource({ ...options, migrations: [...TYPESCRIPT_MIGRATIONS] }).initialize();
  await before.runMigrations();
  await before.destroy();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SET search_path = public; SET session_replication_role = replica; TRUNCATE migrations');
  await client.query(readFileSync(HUB_BEFORE, 'utf8'));
  await client.end();
  source = await createDataSource({ ...options, migrations: MIGRATIONS }).initialize();
  rowsBefore = await rowCounts();
  await migrate(source);
  await stopClock(new Database(source.manager), STOPPED_AT);
});
afterAll(async () => {
  await source.destroy();
  await dropDatabase();
});

/** The number of rows of each table but TypeORM's own. */
async function rowCounts(): Promise<Readonly<Record<string, number>>> {
  const tables = await source.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
  );
  const counts = await source.query<{ name: string; rows: number }[]>(
    tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`).join(' UNION ALL '),
  );
  return Object.fromEntries(counts.map(({ name, rows }) => [name, rows]));
}

/** The rows from before, with the version of the policy that migration 0014 publishes. */
const withRulesAboutDecisions = () => ({ ...rowsBefore, policy_version: rowsBefore['policy_version']! + 1 });

const sentForms = () =>
  source.query<{ kind: string; forms: number; fingerprints: number; answers: number }[]>(`
    SELECT kind, count(*)::int AS forms, count(*) FILTER (WHERE length(fingerprint) = 32)::int AS fingerprints,
      count(answer)::int AS answers
    FROM sent_form GROUP BY kind ORDER BY kind`);
const FORMS = [
  { kind: 'consultation', forms: 2, fingerprints: 0, answers: 0 },
  { kind: 'decision', forms: 15, fingerprints: 0, answers: 15 },
  { kind: 'rating', forms: 4, fingerprints: 0, answers: 0 },
  { kind: 'referral', forms: 3, fingerprints: 3, answers: 3 },
  { kind: 'sign-off', forms: 7, fingerprints: 0, answers: 0 },
];

describe('the upgrade of a hub that the commit before migration 0010 filled', () => {
  it('loses no row of any table', async () => {
    expect(rowsBefore).toMatchObject({
      referral: 22,
      decision: 15,
      delivery: 96,
      audit_entry: 185,
      draft: 4,
      job: 44,
    });
    expect(await rowCounts()).toMatchObject(withRulesAboutDecisions());
  });

  it('knows every form that was sent before', async () => {
    expect(await sentForms()).toEqual(FORMS);
  });

  it('guesses nothing of what was not recorded', async () => {
    const [guessed] = await source.query<object[]>(`
      SELECT (SELECT count(*)::int FROM referral WHERE source_code IS NOT NULL) AS referrals,
        (SELECT count(*)::int FROM decision WHERE num_nonnulls(progression, primary_need, late_reason, late_words) > 0)
          AS decisions`);
    expect(guessed).toEqual({ referrals: 0, decisions: 0 });
  });

  it('can be taken back and made again', async () => {
    for (let count = MIGRATIONS.length; count > TYPESCRIPT_MIGRATIONS.length; count--) await source.undoLastMigration();
    expect(await rowCounts()).toEqual(rowsBefore);
    await migrate(source);
    expect(await rowCounts()).toMatchObject(withRulesAboutDecisions());
    expect(await sentForms()).toEqual(FORMS);
  });
});

describe('the hub after the upgrade', () => {
  let database: Database;
  let mailbox: Mailbox;
  let hub: WholeHub;
  let tomasz: StaffActor;
  beforeAll(async () => {
    database = new Database(source.manager);
    mailbox = await startMailbox(0);
    hub = await composeHub(database, { settings: { SMTP_URL: mailbox.smtpUrl, MAIL_FROM: 'mash@hub.example.org' } });
    tomasz = (await hub.get(Staff).bySubject('tomasz.lis'))!;
  });
  afterAll(async () => {
    await hub.close();
    await mailbox.close();
  });

  const read = (reference: string) => hub.get(ReadReferral).execute({ reference, by: tomasz });

  async function queue(view: 'waiting' | 'mine' | 'sign-off') {
    const page = { view, filters: NO_FILTERS, order: 'urgency', after: null, timeZone: 'Europe/London' } as const;
    return (await hub.get(ReadQueue).execute({ ...page, by: tomasz })).lines;
  }

  /** The one form of a kind that this person sent first, and the referral that it is about. */
  async function formOf(kind: string, subject: string) {
    const [form] = await source.query<{ id: string; about: string; reference: string }[]>(
      `SELECT f.id, f.about, r.reference FROM sent_form f JOIN referral r ON r.id = f.about
       JOIN staff_member s ON s.id = f.sent_by WHERE f.kind = $1 AND s.subject = $2 ORDER BY f.sent_at LIMIT 1`,
      [kind, subject],
    );
    return form!;
  }

  it('shows the queue and the drafts', async () => {
    const lines = await queue('waiting');
    expect(lines.map(({ rating, child, holder }) => [rating, child, holder]).slice(0, 3)).toEqual([
      ['red', expect.any(String), 'Sam Okafor'],
      ['red', expect.any(String), 'Tomasz Lis'],
      ['red', expect.any(String), null],
    ]);
    expect(await queue('sign-off')).toHaveLength(1);
    const [mine] = await queue('mine');
    const draft = await new Drafts(database, new Seal(SECRET, 'drafts')).find('decision', mine!.reference, tomasz);
    expect(draft!.typed).toMatchObject({ outcome: 'strategy_discussion', thresholdLevel: '4' });
  });

  it('answers a form of before as the first time, and refuses it with other answers', async () => {
    const { id, about, reference } = await formOf('referral', 'sam.okafor');
    const [{ agencyId } = { agencyId: '' }] = await source.query<{ agencyId: string }[]>(
      'SELECT agency_id AS "agencyId" FROM referral WHERE id = $1',
      [about],
    );
    const by = (await hub.get(Staff).bySubject('sam.okafor'))!;
    const again = {
      agencyId,
      caller: 'agency',
      formId: id,
      referral: SCENARIOS[21]!.body,
      receivedBy: 'telephone',
      by,
    } as const;
    expect(await hub.get(TakeDownReferral).execute(again)).toMatchObject({ reference });
    const other = { ...again, referral: SCENARIOS[22]!.body };
    await expect(hub.get(TakeDownReferral).execute(other)).rejects.toMatchObject({ code: 'form-sent-before' });
  });

  it('keeps the drafts of forms that were sent before from coming back', async () => {
    const drafts = new Drafts(database, new Seal(SECRET, 'drafts'));
    const kinds = [
      ['decision', 'jo.marsh'],
      ['rating', 'sam.okafor'],
      ['sign-off', 'helen.brough'],
    ] as const;
    for (const [kind, subject] of kinds) {
      const { id } = await formOf(kind, subject);
      const by = (await hub.get(Staff).bySubject(subject))!;
      expect([kind, await drafts.isLate(id, by)]).toEqual([kind, true]);
    }
    expect(await drafts.isLate(randomUUID(), tomasz)).toBe(false);
  });

  it('decides a referral that was open', async () => {
    const [mine] = await queue('mine');
    const { version, rating } = await read(mine!.reference);
    const reasons = await hub.get(RecordDecision).execute({
      ...{ reference: mine!.reference, version, outcome: 'strategy_discussion', thresholdLevel: 4, by: tomasz },
      formId: randomUUID(),
      confirmsRating: rating,
      contradictionReason: '',
      noDiscussionReason: '',
      ...{ progression: 'referral', primaryNeed: 'N1', lateReason: null, lateWords: '' },
      rationale: 'Bruises on a baby who cannot move yet.',
    });
    expect(reasons).toEqual(['child_under_one_or_unborn']);
    expect((await read(mine!.reference)).status).toBe('awaiting_sign_off');
  });

  it('fires a deadline that was due while the hub was stopped, and sends the messages that waited', async () => {
    const waiting = () =>
      database
        .as(SERVICE)
        .rows<{ id: string }>(
          sql`SELECT id FROM delivery WHERE channel = 'email' AND state IN ('queued', 'sending') ORDER BY id`,
        );
    const waited = await waiting();
    await stopClock(database, STOPPED_AT.add({ minutes: 30 }));
    expect(await hub.get(FireDue).execute()).toBeGreaterThan(0);
    const sending = hub.get(SendMessages);
    for (let minute = 31; minute < 36; minute++) {
      await new AskProviders(database, sending.providers, sending.outcome, createLogger('test', 'silent')).execute();
      await stopClock(database, STOPPED_AT.add({ minutes: minute }));
      await sending.sendDue();
    }
    const wait = await waiting();
    expect([waited.length, waited.filter(({ id }) => wait.some((one) => one.id === id))]).toEqual([17, []]);
    expect(mailbox.mails.map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/^RED MASH-/));
  });
});
