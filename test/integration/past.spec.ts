import { dueTimes, dueTimesAfterRerating, responseTime, type Rating } from '#domain';
import { HubTime } from '#deadlines';
import { linkEarlierReferrals, ReferralReader } from '#referrals';
import { SERVICE, sql } from '#store';
import type { PastAct } from '../../scripts/hub/past/past-act.ts';
import type { PastReferral } from '../../scripts/hub/past/past-referral.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { playByUseCases } from '../support/past/play-by-use-cases.ts';
import { changePolicy, makeSmallPast, rowsAbout } from '../support/past/small-past.ts';

/** Thirteen weeks with a change of the clocks in them, and a change of the policy; the hub's own moment is their end. */
const BEGINS = '2026-08-24T00:00';
const POLICY_CHANGES = '2026-09-28T11:30';
const ENDS = '2026-11-23T10:00';

/** Things that happen to a referral. */
const KINDS: Readonly<Record<string, (referral: PastReferral) => boolean>> = {
  'taken down': ({ row }) => row.channel === 'telephone',
  'given back': ({ acts }) => acts.some(({ kind }) => kind === 'given-back'),
  lapsed: ({ acts }) => acts.some(({ kind }) => kind === 'lapsed'),
  raised: ({ acts, row }) => acts.some((act) => act.kind === 'rated' && act.rating === 'red') && row.rating === 'red',
  lowered: ({ acts, row }) =>
    acts.some((act) => act.kind === 'rated' && act.rating === 'amber') && row.rating === 'amber',
  rearmed: ({ acts }) => acts.some(({ kind }) => kind === 'rearmed'),
  acknowledged: ({ acts }) => acts.filter(({ kind }) => kind === 'acknowledged').length > 1,
  late: ({ acts }) => acts.filter(({ kind }) => kind === 'due').length > 3,
  'signed off': ({ acts }) => acts.some((act) => act.kind === 'signed' && act.result === 'agreed'),
  returned: ({ acts }) => acts.some((act) => act.kind === 'signed' && act.result === 'returned'),
  undone: ({ acts }) => acts.some(({ kind }) => kind === 'undone'),
  red: ({ row }) => row.rating === 'red',
};

let hub: Hub;
let past: readonly PastReferral[];

beforeAll(async () => {
  hub = await createHub();
  await hub.moveTo(POLICY_CHANGES);
  await changePolicy(hub);
  await hub.moveTo(ENDS);
  past = await makeSmallPast(hub, hub.at(BEGINS));
});
afterAll(() => hub.drop());

it('a made past breaks no invariant, with referrals that are open at its end', async () => {
  expect(past.length).toBeGreaterThan(250);
  expect(past.filter(({ row }) => row.status !== 'decided').length).toBeGreaterThan(3);
  expect(await hub.invariants.execute()).toEqual([]);
});

it('a made past has every due time that the versions of the time give', async () => {
  const deadlines = await hub.database.as(SERVICE).rows<Stored>(sql`
    SELECT d.kind, d.rating, d.due_at AS "dueAt", d.policy_version AS "policyVersion",
      d.calendar_version AS "calendarVersion", r.received_at AS "receivedAt", before.rating AS "ratingBefore",
      before.due_at AS "dueBefore"
    FROM deadline d JOIN referral r ON r.id = d.referral_id LEFT JOIN deadline before ON before.referral_id = r.id
      AND before.kind = 'decision' AND before.generation = d.generation - 1`);
  expect(new Set(deadlines.map(({ policyVersion }) => policyVersion))).toEqual(new Set([1, 2]));
  for (const deadline of deadlines) {
    const { kind, rating, dueAt, receivedAt, ratingBefore, dueBefore } = deadline;
    const { policy, calendar } = await hub.policies.of(deadline);
    const due =
      ratingBefore === null || ratingBefore === rating
        ? dueTimes(policy, calendar, rating, receivedAt)
        : dueTimesAfterRerating(
            policy,
            calendar,
            { from: ratingBefore, to: rating, decisionDueAt: dueBefore! },
            receivedAt,
          );
    expect(dueAt.toString()).toBe((kind === 'claim' ? due.claimDueAt : due.decisionDueAt)!.toString());
  }
});

it('a made past has every response time that the domain gives', async () => {
  const times = await hub.database.as(SERVICE).rows<Timed>(sql`
    SELECT t.received_at AS "receivedAt", t.effective_at AS "effectiveAt", t.due_at AS "dueAt",
      t.statutory_due_at AS "statutoryDueAt", t.elapsed_minutes AS "elapsedMinutes", t.working_minutes AS "workingMinutes",
      t.on_time AS "onTime", t.within_statutory_limit AS "withinStatutoryLimit", t.policy_version AS "policyVersion",
      t.calendar_version AS "calendarVersion" FROM response_time t`);
  expect(times.filter(({ onTime }) => !onTime).length).toBeGreaterThan(5);
  for (const time of times) {
    const { calendar } = await hub.policies.of(time);
    const { elapsedMinutes, workingMinutes, onTime, withinStatutoryLimit } = time;
    expect({ elapsedMinutes, workingMinutes, onTime, withinStatutoryLimit }).toEqual(responseTime(calendar, time));
  }
});

it('a made past has ids of version 7 with the instants of their acts', async () => {
  const wrong = await hub.database.as(SERVICE).rows(sql`
    SELECT id FROM (SELECT id, received_at AS at FROM referral UNION ALL SELECT id, at FROM rating
      UNION ALL SELECT id, decided_at FROM decision UNION ALL SELECT id, signed_at FROM sign_off
      UNION ALL SELECT id, effective_at FROM response_time UNION ALL SELECT id, armed_at FROM deadline
      UNION ALL SELECT id, undone_at FROM undoing UNION ALL SELECT id, acknowledged_at FROM acknowledgement
      UNION ALL SELECT id, at FROM audit_entry WHERE referral_id IS NOT NULL) made
    WHERE uuid_extract_version(id) <> 7 OR uuid_extract_timestamp(id) <> at`);
  expect(wrong).toEqual([]);
});

it('a made past links the same earlier referrals as the job that looks for them', async () => {
  const links = () =>
    hub.database.as(SERVICE).rows(sql`
      SELECT referral_id, earlier_id, matched_on FROM earlier_referral ORDER BY referral_id, earlier_id`);
  const made = await links();
  expect(made.length).toBeGreaterThan(10);
  await hub.database.as(SERVICE).transaction(async (tx) => {
    await tx.run(sql`DELETE FROM earlier_referral`);
    for (const { row } of past) await linkEarlierReferrals(tx, row.id);
  });
  expect(await links()).toEqual(made);
});

it('a made past has only referrals that the API accepts as they are', async () => {
  const reader = new ReferralReader(hub.database, new HubTime('Europe/London'));
  for (const [first] of past.map(({ acts }) => acts)) {
    const { referral } = first as Extract<PastAct, { kind: 'received' }>;
    const read = await reader.read(JSON.parse(JSON.stringify(referral)));
    expect(JSON.parse(JSON.stringify(read))).toEqual(referral);
  }
});

it('a made past has a letter to each referrer who has an e-mail address', async () => {
  const told = await hub.database.as(SERVICE).row<{ letters: number; entries: number; addresses: number }>(sql`
    SELECT (SELECT count(*)::int FROM delivery WHERE purpose = 'acknowledgement' AND state = 'delivered') AS letters,
      (SELECT count(*)::int FROM audit_entry WHERE act = 'referral.acknowledged-to-referrer') AS entries,
      (SELECT count(*)::int FROM referral WHERE submitted->'referrer'->>'email' <> '') AS addresses`);
  expect(told!.addresses).toBeGreaterThan(100);
  expect(told).toEqual({ letters: told!.addresses, entries: told!.addresses, addresses: told!.addresses });
});

it.each(Object.entries(KINDS))('a made past has a decided referral that was %s', (_, isIt) => {
  expect(past.filter(({ row }) => row.status === 'decided').some(isIt)).toBe(true);
});

it('a made past has every row that the use cases make of the same acts', async () => {
  const played = await someOfEveryKind();
  const made = [];
  for (const { row } of played) made.push(await rowsAbout(hub, row.reference));
  await hub.reset();
  await hub.moveTo(POLICY_CHANGES);
  await changePolicy(hub);
  for (const [place, referral] of played.entries()) {
    const reference = await playByUseCases(hub, referral);
    expect(made[place]).toEqual(await rowsAbout(hub, reference));
  }
});

interface Stored {
  readonly kind: 'decision' | 'claim';
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
  readonly ratingBefore: Rating | null;
  readonly dueBefore: Temporal.Instant | null;
  readonly policyVersion: number;
  readonly calendarVersion: number;
}

interface Timed {
  readonly receivedAt: Temporal.Instant;
  readonly effectiveAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  readonly statutoryDueAt: Temporal.Instant;
  readonly elapsedMinutes: number;
  readonly workingMinutes: number;
  readonly onTime: boolean;
  readonly withinStatutoryLimit: boolean;
  readonly policyVersion: number;
  readonly calendarVersion: number;
}

/** Referrals of a kind that are played. */
const OF_A_KIND = 4;

/** Some decided referrals of every kind, with the earlier ones of the same children, in the order of their receipt. */
async function someOfEveryKind(): Promise<readonly PastReferral[]> {
  const decided = past.filter(({ row }) => row.status === 'decided');
  const chosen = new Set(Object.values(KINDS).flatMap((isIt) => decided.filter(isIt).slice(0, OF_A_KIND)));
  const links = await hub.database
    .as(SERVICE)
    .rows<{ id: string; earlier: string }>(sql`SELECT referral_id AS id, earlier_id AS earlier FROM earlier_referral`);
  for (const one of chosen) {
    const earlier = links.filter(({ id }) => id === one.row.id).map((link) => link.earlier);
    for (const other of decided) if (earlier.includes(other.row.id)) chosen.add(other);
  }
  return decided.filter((one) => chosen.has(one));
}
