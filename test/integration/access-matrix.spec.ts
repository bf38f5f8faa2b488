import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { may, type Action, type StaffActor, type StaffRole } from '#access';
import { mayRead, type RestrictionOnPerson } from '#domain';
import { Refused } from '#platform';
import { WriteNote } from '#referrals';
import { BreakGlass } from '#restrictions';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber, aToddlerOfItsOwn } from '../support/referrals.ts';

/*
 * Roles by acts by states by ownership by restriction. What each act comes to is said here once more, in few lines, and
 * compared with the service; so are the rule, the SQL filter and the walls.
 */

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
afterAll(() => hub.drop());

const ROLES = [
  'screener',
  'social_worker',
  'manager',
  'service_manager',
  'head_of_service',
  'auditor',
  'administrator',
] as const;
const STATES = ['awaiting_decision', 'awaiting_sign_off', 'decided'] as const;
/** Whose it is: the holder of one that awaits a decision, the decider of another. */
const OWNERS = ['none', 'self', 'another'] as const;
const RESTRICTIONS = ['none', 'not named', 'named', 'named until now', 'named and barred', 'ended'] as const;

interface Case {
  readonly role: (typeof ROLES)[number];
  readonly act: keyof typeof ACTS;
  readonly state: (typeof STATES)[number];
  readonly owner: (typeof OWNERS)[number];
  readonly restriction: (typeof RESTRICTIONS)[number];
}

interface Act {
  readonly action: Action;
  readonly execute: (by: StaffActor, reference: string) => Promise<unknown>;
  /** It is there for a referral that the person may not open. */
  readonly isForHidden?: boolean;
  /** The code of the refusal, for a person who may open the referral and do such acts; null where it is done. */
  readonly refusal: (given: Case) => Refused['code'] | null;
}

const overrides = ({ role }: Case) => may(personOf(role), 'claim:override');
const isHeldByAnother = (given: Case) => given.owner === 'another' && !overrides(given);
const onlyWhileOpen = (given: Case, then: Refused['code'] | null) =>
  given.state === 'awaiting_decision' ? then : 'already-decided';

const ACTS = {
  read: {
    action: 'queue:read',
    execute: (by, reference) => hub.read(reference, by),
    refusal: () => null,
  },
  note: {
    action: 'referral:note',
    execute: (by, reference) =>
      hub.whole.get(WriteNote).execute({
        ...{ reference, kind: 'note', withWhom: '', note: 'Noted.', formId: randomUUID(), by },
      }),
    refusal: () => null,
  },
  claim: {
    action: 'referral:claim',
    execute: (by, reference) => hub.claims(by, reference),
    // The decider holds it until it is signed off.
    refusal: ({ state, owner }) => {
      if (state === 'decided') return 'already-decided';
      return owner === 'self' || (owner === 'none' && state === 'awaiting_decision') ? null : 'already-claimed';
    },
  },
  'give back': {
    action: 'referral:claim',
    execute: (by, reference) => hub.givesBack(by, reference),
    refusal: (given) => onlyWhileOpen(given, isHeldByAnother(given) ? 'held-by-someone-else' : null),
  },
  raise: {
    action: 'referral:rate',
    execute: (by, reference) => hub.rates(by, reference, 'red'),
    refusal: (given) => onlyWhileOpen(given, null),
  },
  decide: {
    action: 'referral:decide',
    execute: (by, reference) => hub.decides(by, reference),
    refusal: (given) => onlyWhileOpen(given, isHeldByAnother(given) ? 'held-by-someone-else' : null),
  },
  'sign off': {
    action: 'decision:sign-off',
    execute: (by, reference) => hub.signsOff(by, reference),
    refusal: ({ state, owner }) =>
      state !== 'awaiting_sign_off' ? 'nothing-to-sign-off' : owner === 'self' ? 'decider-cannot-sign-off' : null,
  },
  'ask an agency': {
    action: 'information:ask',
    execute: (by, reference) => hub.asks(by, reference, hub.agency.agencyId),
    refusal: () => null,
  },
  'break the glass': {
    action: 'glass:break',
    isForHidden: true,
    execute: (by, reference) =>
      hub.whole.get(BreakGlass).execute({
        ...{ reference, reason: 'A nurse rang about an injury of today.', formId: randomUUID(), by },
      }),
    refusal: ({ restriction }) => (restriction === 'named and barred' ? 'barred' : null),
  },
} as const satisfies Readonly<Record<string, Act>>;

let people: ReadonlyMap<StaffRole, StaffActor>;
const personOf = (role: StaffRole): StaffActor => people.get(role)!;
beforeAll(async () => {
  people = new Map(await Promise.all(ROLES.map(async (role) => [role, await hub.another(role)] as const)));
});

const CASES = fc.record<Case>({
  role: fc.constantFrom(...ROLES),
  act: fc.constantFrom(...(Object.keys(ACTS) as Case['act'][])),
  state: fc.constantFrom(...STATES),
  owner: fc.constantFrom(...OWNERS),
  restriction: fc.constantFrom(...RESTRICTIONS),
});

it('the service, the policy, the SQL filter and the walls agree who may do what, for every role, act, state, owner and restriction', async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(CASES, async (generated) => {
      const by = personOf(generated.role);
      // A person who may not hold or decide a referral has none of their own.
      const mayOwn = may(by, generated.state === 'awaiting_decision' ? 'referral:claim' : 'referral:decide');
      const given: Case = generated.owner === 'self' && !mayOwn ? { ...generated, owner: 'another' } : generated;
      const { action, execute, refusal, isForHidden = false } = ACTS[given.act] as Act;
      const { reference, id } = await aReferral(given);
      const inForce = await restrict(id, given, by);
      const isOpen = mayRead(given.role !== 'administrator', inForce, await hub.database.now());
      expect(await whatIsSeen(by, id)).toEqual({ filter: isOpen, wall: isOpen, decisions: isOpen, words: isOpen });
      // A page asks the policy before the use case is asked.
      if (!may(by, action)) return;
      const expected = isOpen || isForHidden ? refusal(given) : 'not-found';
      const before = await everythingOf(id);
      const came = await execute(by, reference).then(
        () => null,
        (error: unknown) => (error instanceof Refused ? error.code : error),
      );
      expect([given, came]).toEqual([given, expected]);
      if (came !== null) expect(await everythingOf(id)).toEqual(before);
      else done += 1;
    }),
    { numRuns: 600 },
  );
  expect(done).toBeGreaterThan(60);
}, 240_000);

/** A referral that stands as the case says. */
async function aReferral({ role, state, owner }: Case): Promise<{ readonly reference: string; readonly id: string }> {
  const reference = await hub.submit({ ...aRoutineAmber(), children: aToddlerOfItsOwn(randomUUID()) });
  const self = personOf(role);
  const who = owner === 'self' ? self : hub.socialWorker;
  if (state === 'awaiting_decision') {
    if (owner !== 'none') await hub.claims(who, reference);
  } else {
    const outcome = state === 'awaiting_sign_off' ? ({ outcome: 'no_further_action', thresholdLevel: 1 } as const) : {};
    await hub.decides(who, reference, outcome);
  }
  const row = await hub.database
    .as(SERVICE)
    .row<{ id: string; status: string }>(sql`SELECT id, status FROM referral WHERE reference = ${reference}`);
  expect(row!.status).toBe(state);
  return { reference, id: row!.id };
}

/** @returns the restrictions in force, as the rule is asked */
async function restrict(
  referralId: string,
  { restriction }: Case,
  person: StaffActor,
): Promise<readonly RestrictionOnPerson[]> {
  if (restriction === 'none') return [];
  return hub.database.as(SERVICE).transaction(async (tx) => {
    const [id, by] = [randomUUID(), hub.otherManager.id];
    const isEnded = restriction === 'ended';
    await tx.run(sql`
      INSERT INTO restriction (id, category, reason, set_by, set_at, review_at, ended_by, ended_at, end_reason)
      VALUES (${id}, 'adoption', 'x', ${by}, ${tx.now}, ${tx.now}, ${isEnded ? by : null}, ${isEnded ? tx.now : null}, ${isEnded ? 'x' : null})`);
    await tx.run(
      sql`INSERT INTO restricted_referral (restriction_id, referral_id, covered_at) VALUES (${id}, ${referralId}, ${tx.now})`,
    );
    const until = restriction === 'named until now' ? tx.now : tx.now.add({ hours: 1 });
    const isNamed = restriction.startsWith('named');
    if (isNamed) {
      await tx.run(sql`INSERT INTO restriction_grant (id, restriction_id, staff_id, given_by, given_at, until)
        VALUES (${randomUUID()}, ${id}, ${person.id}, ${by}, ${tx.now.subtract({ hours: 1 })}, ${until})`);
    }
    const isBarred = restriction === 'named and barred';
    if (isBarred) {
      await tx.run(sql`INSERT INTO restriction_bar (id, restriction_id, staff_id, said_by, said_at)
        VALUES (${randomUUID()}, ${id}, ${person.id}, ${by}, ${tx.now})`);
    }
    return isEnded ? [] : [{ grantedUntil: isNamed ? [until] : [], isBarred }];
  });
}

/** What the filter and the walls let a person see of a referral. */
const whatIsSeen = (by: StaffActor, referralId: string) =>
  hub.database.as(by).transaction(async (tx) => {
    const sees = async (statement: ReturnType<typeof sql>) => (await tx.rows(statement)).length > 0;
    const isHidden = await sees(sql`SELECT 1 FROM mash.hidden_from(${by.id}) h (id) WHERE h.id = ${referralId}`);
    return {
      filter: by.role !== 'administrator' && !isHidden,
      wall: await sees(sql`SELECT 1 FROM referral_child WHERE referral_id = ${referralId}`),
      // Each referral has a rating, and one that is decided a decision beside it.
      decisions:
        (await sees(sql`SELECT 1 FROM rating WHERE referral_id = ${referralId}`)) &&
        (await sees(sql`SELECT 1 FROM referral WHERE id = ${referralId} AND (status = 'awaiting_decision'
          OR EXISTS (SELECT FROM decision WHERE referral_id = referral.id))`)),
      words: await sees(sql`SELECT 1 WHERE mash.submitted(${referralId}) IS NOT NULL`),
    };
  });

/** How a referral stands, and how much there is of it: an act that is refused changes none of it. */
const everythingOf = (referralId: string) =>
  hub.database.as(SERVICE).transaction((tx) =>
    tx.row(sql`
      SELECT to_jsonb(r) AS referral, (SELECT count(*) FROM decision WHERE referral_id = r.id) AS decisions,
        (SELECT count(*) FROM sign_off s JOIN decision d ON d.id = s.decision_id WHERE d.referral_id = r.id) AS "signOffs",
        (SELECT count(*) FROM rating WHERE referral_id = r.id) AS ratings,
        (SELECT count(*) FROM referral_note WHERE referral_id = r.id) AS notes,
        (SELECT count(*) FROM information_request WHERE referral_id = r.id) AS requests,
        (SELECT count(*) FROM glass_broken WHERE referral_id = r.id) AS glass,
        (SELECT jsonb_agg(d ORDER BY d.id) FROM deadline d WHERE d.referral_id = r.id) AS clocks,
        (SELECT count(*) FROM audit_entry WHERE referral_id = r.id AND act NOT LIKE ALL ('{%.refused,%.read}')) AS acts
      FROM referral r WHERE r.id = ${referralId}`),
  );
