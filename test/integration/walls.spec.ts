import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { STAFF_ROLES, type AgencyActor, type StaffActor } from '#access';
import { mayRead } from '#domain';
import { BreakGlass, RestrictReferral } from '#restrictions';
import { SendByForm } from '#referrals';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const MIA = { firstName: 'Mia', lastName: 'Marsden-Pyke', dateOfBirth: '2019-03-14' };
const refer = (...children: object[]) => hub.submit({ ...aRoutineAmber(), children });
const restricts = (reference: string) =>
  hub.whole.get(RestrictReferral).execute({
    ...{ reference, category: 'adoption', reason: 'She is being adopted.', children: [], people: [] },
    ...{ formId: randomUUID(), by: hub.manager },
  });

describe('the rule, the statements and the walls of the database', () => {
  it('agree for every role, referral, restriction, grant and bar', async () => {
    const people = await Promise.all(STAFF_ROLES.filter((role) => role !== 'partner').map((role) => hub.another(role)));
    const now = await hub.database.now();
    const grants = fc.record({
      person: fc.nat(people.length - 1),
      hours: fc.constantFrom(-1, 0, 1, 24),
      isEnded: fc.boolean(),
    });
    const restrictions = fc.record({
      isEnded: fc.boolean(),
      grants: fc.array(grants, { maxLength: 6 }),
      barred: fc.uniqueArray(fc.nat(people.length - 1), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(restrictions, { maxLength: 3 }), async (given) => {
        const reference = await refer({ firstName: 'Ada', lastName: randomUUID().replaceAll(/\W|\d/g, '') });
        const id = await hub.database.as(SERVICE).transaction(async (tx) => {
          const [referral] = await tx.rows<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${reference}`);
          for (const one of given) await setDirectly(referral!.id, one, people, now);
          return referral!.id;
        });
        for (const [index, person] of people.entries()) {
          const inForce = given
            .filter(({ isEnded }) => !isEnded)
            .map((one) => ({
              grantedUntil: one.grants
                .filter((grant) => grant.person === index && !grant.isEnded)
                .map(({ hours }) => now.add({ hours })),
              isBarred: one.barred.includes(index),
            }));
          const expected = mayRead(person.role !== 'administrator', inForce, now);
          const found = await hub.database.as(person).transaction(async (tx) => ({
            walled: (await tx.rows(sql`SELECT 1 FROM referral_child WHERE referral_id = ${id}`)).length === 1,
            asked: (await tx.row<{ may: boolean }>(sql`SELECT mash.may_read(${id}) AS may`))!.may,
            submitted: (await tx.row<{ is: boolean }>(sql`SELECT mash.submitted(${id}) IS NOT NULL AS is`))!.is,
            shown:
              person.role !== 'administrator' &&
              (await tx.rows(sql`SELECT 1 FROM mash.hidden_from(${person.id}) h (id) WHERE h.id = ${id}`)).length === 0,
          }));
          expect([person.role, found]).toEqual([
            person.role,
            { walled: expected, asked: expected, submitted: expected, shown: expected },
          ]);
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('show nothing to either role of the database without a person or an agency who acts', async () => {
    await refer(MIA);
    const client = new pg.Client({ connectionString: hub.url });
    await client.connect();
    try {
      for (const role of ['mash_staff', 'mash_agency']) {
        const walled = await client.query<{ name: string }>(
          `SELECT DISTINCT c.oid::regclass::text AS name FROM pg_class c WHERE relrowsecurity AND NOT EXISTS (
             SELECT FROM pg_policy WHERE polrelid = c.oid AND '${role}'::regrole = ANY(polroles)
               AND pg_get_expr(polqual, polrelid) = 'true') ORDER BY 1`,
        );
        expect(walled.rows.length).toBeGreaterThan(50);
        await client.query(`SET ROLE ${role}`);
        for (const { name } of walled.rows) {
          const counted = client.query<{ n: string }>(`SELECT count(*) AS n FROM ${name}`);
          // Some are none of an agency's at all.
          const seen = await counted.then(
            ({ rows }) => rows[0]!.n,
            ({ message }: Error) => /denied/.test(message) && '0',
          );
          expect([role, name, seen]).toEqual([role, name, '0']);
        }
        await expect(client.query('SELECT submitted FROM referral')).rejects.toThrow('permission denied');
        await client.query('RESET ROLE');
      }
    } finally {
      await client.end();
    }
  });

  it('are roles that own nothing, that no program signs in as, and that no wall lets through', async () => {
    const roles = await hub.database.as(SERVICE).rows(sql`
      SELECT rolname AS name, rolsuper OR rolbypassrls OR rolcanlogin OR rolcreaterole AS "isStrong",
        EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid) AS owns
      FROM pg_roles WHERE rolname IN ('mash_staff', 'mash_agency') ORDER BY 1`);
    expect(roles).toEqual([
      { name: 'mash_agency', isStrong: false, owns: false },
      { name: 'mash_staff', isStrong: false, owns: false },
    ]);
  });

  it('name each table that is about a referral as walled, or why it is not', async () => {
    const found = await hub.database.as(SERVICE).rows<{ name: string; isWalled: boolean }>(sql`
      WITH RECURSIVE about (oid) AS (
        SELECT 'referral'::regclass::oid
        UNION SELECT conrelid FROM pg_constraint JOIN about ON confrelid = about.oid WHERE contype = 'f')
      SELECT c.relname AS name, EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polqual IS NOT NULL
        AND pg_get_expr(polqual, polrelid) <> 'true' AND 'mash_staff'::regrole = ANY(polroles)) AS "isWalled"
      FROM about JOIN pg_class c ON c.oid = about.oid ORDER BY 1`);
    expect(found.filter(({ isWalled }) => isWalled).length).toBeGreaterThan(40);
    expect(found.filter(({ isWalled }) => !isWalled).map(({ name }) => name)).toEqual(Object.keys(OPEN));
  });

  it('give no right to a table that comes later', async () => {
    const rights = await hub.database.as(SERVICE).transaction(async (tx) => {
      await tx.run(sql`CREATE TABLE later (words text)`);
      const found = await tx.rows<{ role: string; may: boolean }>(sql`
        SELECT role, has_table_privilege(role, 'later', 'SELECT, INSERT, UPDATE, DELETE') AS may
        FROM unnest(ARRAY['mash_staff', 'mash_agency']) role`);
      await tx.run(sql`DROP TABLE later`);
      return found;
    });
    expect(rights).toEqual([
      { role: 'mash_staff', may: false },
      { role: 'mash_agency', may: false },
    ]);
  });

  it('let neither role change or remove what is for ever as it was said', async () => {
    const found = await hub.database.as(SERVICE).rows<{ name: string }>(sql`
      SELECT c.relname || ' ' || role || ' ' || privilege AS name
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid, unnest(ARRAY['mash_staff', 'mash_agency']) role,
        unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) privilege
      WHERE t.tgname = 'append_only' AND c.relnamespace = 'public'::regnamespace AND has_table_privilege(role, c.oid, privilege)`);
    expect(found).toEqual([]);
  });

  it('tell why a record is restricted to those only who may open it, and an agency nothing of it', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    const reason = (by: StaffActor) =>
      hub.database
        .as(by)
        .transaction((tx) =>
          tx.row<{ reason: string | null }>(sql`SELECT mash.restriction_reason(id) AS reason FROM restriction`),
        );
    expect([await reason(hub.manager), await reason(hub.otherManager)]).toEqual([
      { reason: 'She is being adopted.' },
      { reason: null },
    ]);
    const asked = (role: 'staff' | 'agency') =>
      hub.database
        .as(role === 'staff' ? hub.otherManager : { kind: 'agency', id: hub.agency.agencyId })
        .transaction((tx) => tx.rows(sql`SELECT reason FROM restriction`));
    await expect(asked('staff')).rejects.toThrow('permission denied');
    await expect(asked('agency')).rejects.toThrow('permission denied');
  });

  it('tell why a glass was broken to the person who broke it and to managers whom no bar keeps out', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await hub.whole.get(BreakGlass).execute({
      ...{ reference, reason: 'Police are at the address now.', formId: randomUUID(), by: hub.screener },
    });
    const reasonsFor = (by: StaffActor) =>
      hub.database.as(by).transaction(async (tx) => (await tx.rows(sql`SELECT reason FROM glass_broken`)).length);
    const head = await hub.another('head_of_service');
    expect(await Promise.all([hub.screener, hub.otherManager, head].map(reasonsFor))).toEqual([1, 1, 1]);
    const others = [hub.socialWorker, hub.auditor, await hub.another('screener'), await hub.another('administrator')];
    expect(await Promise.all(others.map(reasonsFor))).toEqual([0, 0, 0, 0]);
    await hub.database.as(SERVICE).transaction((tx) =>
      tx.run(sql`INSERT INTO restriction_bar (id, restriction_id, staff_id, said_by, said_at)
        SELECT ${randomUUID()}, id, ${head.id}, ${hub.manager.id}, ${tx.now} FROM restriction`),
    );
    expect(await reasonsFor(head)).toBe(0);
  });

  it('tell an agency and its people the names of those who asked it or acted for it, and of no other person of the hub', async () => {
    const police = await hub.anAgency('Police');
    await hub.asks(hub.socialWorker, await refer(MIA), police.agencyId);
    const namesFor = (by: StaffActor | AgencyActor) =>
      hub.database
        .as(by)
        .transaction((tx) => tx.rows<{ name: string }>(sql`SELECT name FROM staff_member ORDER BY name`));
    const expected = [{ name: 'Pat of Police' }, { name: 'Sol Worker' }];
    expect(await namesFor(police.partner)).toEqual(expected);
    expect(await namesFor({ kind: 'agency', id: police.agencyId, clientId: randomUUID(), scopes: [] })).toEqual(
      expected,
    );
    const left = await hub.anAgency('Housing');
    const whole = { ...aRoutineAmber(), children: [MIA] };
    await hub.whole.get(SendByForm).execute({ formId: randomUUID(), referral: whole, by: left.partner });
    await hub.database
      .as(SERVICE)
      .run(sql`UPDATE staff_member SET role = 'screener', agency_id = NULL WHERE id = ${left.partner.id}`);
    expect(await namesFor({ kind: 'agency', id: left.agencyId, clientId: randomUUID(), scopes: [] })).toEqual([
      { name: 'Pat of Housing' },
    ]);
    expect((await namesFor(hub.screener)).length).toBeGreaterThan(5);
  });

  it('let no statement out beside work that counts over all', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    const children = () => sql`SELECT 1 FROM referral_child`;
    await hub.database.as(hub.screener).transaction(async (tx) => {
      const counted = tx.overAll(async (all) => (await all.rows(children())).length);
      await expect(tx.rows(children())).rejects.toThrow('outside the wall');
      expect([await counted, await tx.rows(children())]).toEqual([1, []]);
    });
  });

  it('hold between persons who share a connection, after faults too', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    const childrenFor = (by: StaffActor, fails: boolean) =>
      hub.database
        .as(by)
        .transaction(async (tx) => {
          const { length } = await tx.rows(sql`SELECT 1 FROM referral_child`);
          if (fails) await tx.overAll((all) => all.rows(sql`SELECT 1 / 0 AS never`));
          return length;
        })
        .catch(() => null);
    for (let round = 0; round < 10; round += 1) {
      const all = await Promise.all(
        Array.from({ length: 30 }, (_, at) => childrenFor(at % 2 === 0 ? hub.manager : hub.screener, at % 5 === 0)),
      );
      expect(all).toEqual(all.map((_, at) => (at % 5 === 0 ? null : at % 2 === 0 ? 1 : 0)));
    }
  });
});

/** Tables that are about a referral and that each person of the hub may count: none has a word about a child. */
const OPEN = {
  acknowledgement: 'who has seen an alert',
  agency_event: 'that an agency was told of a referral',
  alert: 'that work waits',
  deadline: 'clocks',
  deadline_step: 'clocks',
  decided_without: 'which answers a decision did not wait for',
  delivery: 'what left the hub, and when',
  flag_clearing: 'who looked at a value that was set apart',
  handover_referral: 'which work was handed over',
  idempotency_key: 'the answer to an agency: reference and instants',
  looking: 'who has a page open; its reader leaves the hidden out',
  referral: 'rating, clocks, holder and reference; its words are read through mash.submitted()',
  referral_fact: 'what figures count',
  referral_incident: 'which referrals report one incident; its readers leave the hidden out',
  response_time: 'when what happened',
  restricted_child: 'what is restricted',
  restricted_referral: 'what is restricted',
  restriction_grant: 'who may open it',
  same_incident: 'who said so, and no reason',
  undoing: 'that a decision was taken back, and by whom',
};

interface Given {
  readonly isEnded: boolean;
  readonly grants: readonly { readonly person: number; readonly hours: number; readonly isEnded: boolean }[];
  readonly barred: readonly number[];
}

/** As the use cases would have left it at another time. */
async function setDirectly(
  referralId: string,
  { isEnded, grants, barred }: Given,
  people: readonly StaffActor[],
  now: Temporal.Instant,
) {
  const by = hub.manager.id;
  await hub.database.as(SERVICE).transaction(async (tx) => {
    const id = randomUUID();
    await tx.run(sql`INSERT INTO restriction (id, category, reason, set_by, set_at, review_at, ended_by, ended_at, end_reason)
      VALUES (${id}, 'adoption', 'x', ${by}, ${now}, ${now}, ${isEnded ? by : null}, ${isEnded ? now : null}, ${isEnded ? 'x' : null})`);
    await tx.run(
      sql`INSERT INTO restricted_referral (restriction_id, referral_id, covered_at) VALUES (${id}, ${referralId}, ${now})`,
    );
    for (const one of grants) {
      await tx.run(sql`INSERT INTO restriction_grant (id, restriction_id, staff_id, given_by, given_at, until, ended_by, ended_at)
        VALUES (${randomUUID()}, ${id}, ${people[one.person]!.id}, ${by}, ${now}, ${now.add({ hours: one.hours })},
          ${one.isEnded ? by : null}, ${one.isEnded ? now : null})`);
    }
    for (const one of barred) {
      await tx.run(sql`INSERT INTO restriction_bar (id, restriction_id, staff_id, said_by, said_at)
        VALUES (${randomUUID()}, ${id}, ${people[one]!.id}, ${by}, ${now})`);
    }
  });
}
