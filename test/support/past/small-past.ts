import { DEFAULT_POLICY } from '#domain';
import { sql, SERVICE } from '#store';
import { randomUUID } from 'node:crypto';
import { HubAtWork, type Team } from '../../../scripts/hub/past/hub-at-work.ts';
import { loadWorld } from '../../../scripts/hub/past/load-world.ts';
import { pastReferrals } from '../../../scripts/hub/past/make-past.ts';
import type { PastReferral } from '../../../scripts/hub/past/past-referral.ts';
import type { PastAgency } from '../../../scripts/hub/past/world.ts';
import type { Hub } from '../hub.ts';

/** Kinds of agency, all of them the one that the hub of a test has. */
const KINDS = [
  'police',
  'school',
  'hospital',
  'health_visitor',
  'public',
  'gp',
  'housing',
  'midwifery',
  'other_authority',
];
const SEED = 4;

/** A manager gives greens two working days instead of three, from the moment on that the clock shows. */
export async function changePolicy(hub: Hub): Promise<void> {
  const { green } = DEFAULT_POLICY.ratings;
  const ratings = { ...DEFAULT_POLICY.ratings, green: { ...green, decisionDue: { workingDays: 2 } } };
  await hub.publish.execute({
    version: { kind: 'policy', policy: { ...DEFAULT_POLICY, ratings } },
    reason: 'Greens waited too long',
    ...{ effectiveFrom: null, seen: 1, formId: randomUUID(), by: hub.manager },
  });
}

/** Makes a past from an instant until the one that the clock shows, and stores it. Some of it is still open. */
export async function makeSmallPast(
  hub: Hub,
  from: Temporal.Instant,
  aWorkingDay = 4.6,
): Promise<readonly PastReferral[]> {
  const { id, kind } = hub.socialWorker;
  const team: Team = {
    screeners: [hub.screener],
    socialWorkers: [{ kind, id, name: hub.socialWorker.name, role: 'social_worker' }],
    managers: [hub.manager, hub.otherManager],
    outOfHours: { workers: [hub.onDuty.emergency_duty_team], managers: [hub.onDuty.on_call_manager] },
  };
  const agencies: readonly PastAgency[] = KINDS.map((of) => ({
    ...{ id: hub.agency.agencyId, name: 'Loomgate School', kind: of, sourceCode: '2A' },
  }));
  return hub.database.as(SERVICE).transaction(async (tx) => {
    const world = await loadWorld(tx, SEED, { mailOutages: [], recordedSince: from });
    const plan = {
      from,
      until: tx.now,
      isOverByThen: false,
      aWorkingDay,
      agencies,
      team,
      weightOf: () => 1,
      slownessOf: () => 1.15,
      staged: [],
    };
    const made: PastReferral[] = [];
    for (const referral of pastReferrals(world, new HubAtWork(world, team), plan)) {
      made.push(referral);
      if (made.length % 50 === 0) await world.rows.store(tx);
    }
    await world.rows.store(tx);
    return made;
  });
}

/** Every row that acts on one referral have made, but those of the letter to its referrer, by table, without what differs from one referral to another: ids and references. */
export async function rowsAbout(
  { database }: Hub,
  reference: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await database.as(SERVICE).rows<{ table: string; row: Record<string, unknown> }>(sql`
    WITH r AS (SELECT * FROM referral WHERE reference = ${reference}),
      d AS (SELECT * FROM deadline WHERE referral_id = (SELECT id FROM r)),
      c AS (SELECT * FROM decision WHERE referral_id = (SELECT id FROM r))
    SELECT 'referral' AS table, to_jsonb(r) AS row FROM r
    UNION ALL SELECT 'referral_child', to_jsonb(t) FROM referral_child t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'referral_adult', to_jsonb(t) FROM referral_adult t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'person_name', to_jsonb(t) FROM person_name t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'rating', to_jsonb(t) FROM rating t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'idempotency_key', to_jsonb(t) FROM idempotency_key t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'earlier_referral', to_jsonb(t) FROM earlier_referral t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'claim_note', to_jsonb(t) FROM claim_note t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'deadline', to_jsonb(d) FROM d
    UNION ALL SELECT 'deadline_step', to_jsonb(t) FROM deadline_step t JOIN d ON d.id = deadline_id
    UNION ALL SELECT 'alert', to_jsonb(t) FROM alert t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'acknowledgement', to_jsonb(t) FROM acknowledgement t JOIN d ON d.id = deadline_id
    UNION ALL SELECT 'delivery', to_jsonb(t) FROM delivery t JOIN alert ON alert.id = alert_id JOIN d ON d.id = deadline_id
    UNION ALL SELECT 'decision', to_jsonb(c) FROM c
    UNION ALL SELECT 'route_choice', to_jsonb(t) FROM route_choice t JOIN c ON c.id = decision_id
    UNION ALL SELECT 'route', to_jsonb(t) - ARRAY['answer', 'answered_by', 'answered_at', 'recorded_by', 'recorded_at']
      FROM route t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'sign_off', to_jsonb(t) FROM sign_off t JOIN c ON c.id = decision_id
    UNION ALL SELECT 'undoing', to_jsonb(t) FROM undoing t JOIN c ON c.id = decision_id
    UNION ALL SELECT 'response_time', to_jsonb(t) FROM response_time t JOIN r ON r.id = referral_id
    UNION ALL SELECT 'audit_entry', to_jsonb(t) FROM audit_entry t JOIN r ON r.id = referral_id
      AND act NOT IN ('referral.acknowledged-to-referrer', 'route.accepted')
    UNION ALL SELECT 'sent_form', to_jsonb(t) FROM sent_form t JOIN c ON c.form_id = t.id`);
  const people = await database.as(SERVICE).rows<{ id: string; name: string }>(sql`SELECT id, name FROM staff_member`);
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const byTable = Object.groupBy(rows, ({ table }) => table);
  return Object.fromEntries(
    Object.entries(byTable).map(([table, of]) => [table, of!.map(({ row }) => inWords(table, row, nameOf)).sort()]),
  );
}

/** Columns that a run of the service draws by lot, and those that typing, a courier or a mail server set. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  referral: ['reference', 'claim_lapses_at'],
  idempotency_key: ['key', 'answer'],
  sent_form: ['fingerprint'],
  audit_entry: ['lane', 'lane_seq', 'hash'],
  delivery: ['state', 'attempts', 'next_attempt_at', 'message_id', 'sent_at', 'accepted_at', 'delivered_at'],
};
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[47]/;

function inWords(table: string, row: Record<string, unknown>, nameOf: ReadonlyMap<string, string>): string {
  const written = JSON.stringify(row, (column, value: unknown) => {
    if (LEFT_OUT[table]?.includes(column)) return undefined;
    return typeof value === 'string' && UUID.test(value) ? (nameOf.get(value) ?? 'an id') : value;
  });
  return table === 'audit_entry' ? written.replace(/"how": ?"(next|chosen)"/, '"how":"taken"') : written;
}
