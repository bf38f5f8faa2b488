import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { auditEntry, checkpointsIn, Marks, TakeCheckpoint, VerifyRecord, type RecordReport } from '#audit';
import { Policies } from '#deadlines';
import { VerifyNightly } from '#oversight';
import { createLogger } from '#platform';
import { SERVICE, sql, type Database, type Transaction } from '#store';
import type { WholeHub } from '../../../scripts/hub/whole-hub.ts';

/** An entry of the record, as a person who looks for it names it. */
export interface EntryInChain {
  readonly id: string;
  readonly at: string;
  readonly lane: number;
  readonly seq: number;
}

/** The record of a database with a folder for its checkpoints, and those who verify it. */
export function recordOf(database: Database) {
  const folder = mkdtempSync(join(tmpdir(), 'mash-checkpoints-'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const checkpoints = new TakeCheckpoint(database, { folder, key: privateKey }, createLogger('test', 'silent'));
  const verify = async (): Promise<RecordReport> => {
    const marks = await Marks.of(checkpointsIn(folder, publicKey));
    return database.as(SERVICE).transaction((tx) => new VerifyRecord().execute(tx, marks));
  };
  return {
    folder,
    publicKey,
    privateKey,
    verify,
    checkpoint: () => checkpoints.execute(),
    /** So many entries of one transaction, in this lane. */
    add: (lane: number, count: number) =>
      database.as(SERVICE).transaction(async (tx) => {
        await takeLane(tx, lane);
        for (let n = 0; n < count; n++) await tx.insert(auditEntry(tx, 'queue.read', null, { count: n, page: 'é "’' }));
        return entriesOfLane(tx, lane).then((all) => all.slice(-count));
      }),
    entries: (lane: number) => database.as(SERVICE).transaction((tx) => entriesOfLane(tx, lane)),
    everyEntry: () =>
      database.as(SERVICE).rows<EntryInChain & { readonly details: Readonly<Record<string, unknown>> }>(sql`
        SELECT id, at::text AS at, lane, lane_seq AS seq, details FROM audit_entry ORDER BY lane, lane_seq`),
    lanes: () =>
      database
        .as(SERVICE)
        .rows<{ lane: number; seq: number }>(sql`SELECT lane, seq FROM record_lane WHERE seq > 0 ORDER BY 1`),
  };
}

/** Does what the worker does at night: verifies the record, keeps the result, and has managers told. */
export function verifyAtNight(
  { database, whole }: { readonly database: Database; readonly whole: WholeHub },
  { folder, privateKey: key }: { readonly folder: string; readonly privateKey: KeyObject },
): Promise<void> {
  const log = createLogger('test', 'silent');
  const nightly = new VerifyNightly(new VerifyRecord(), whole.get(Policies), { folder, key }, log);
  return database.as(SERVICE).transaction((tx) => nightly.handle(tx));
}

/** Takes this lane for the transaction, as the database does for one that comes first. */
export async function takeLane(tx: Transaction, lane: number): Promise<void> {
  await tx.rows(sql`SELECT set_config('mash.record_lane', ${String(lane)}, true)`);
}

async function entriesOfLane(tx: Transaction, lane: number): Promise<readonly EntryInChain[]> {
  const rows = await tx.rows<Omit<EntryInChain, 'at'> & { at: Temporal.Instant }>(sql`
    SELECT id, at, lane, lane_seq AS seq FROM audit_entry WHERE lane = ${lane} ORDER BY lane_seq`);
  return rows.map((row) => ({ ...row, at: row.at.toString() }));
}

/** What a person who has the database in their hands can do: no trigger fires. */
export async function asSuperuser(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Hashes a lane again from its beginning, and its end in the table of lanes: what a careful forger does after an edit. */
export const HASH_AGAIN = (lane: number) => `
  DO $$ DECLARE e record; previous bytea := decode(repeat('00', 32), 'hex'); number bigint := 0; BEGIN
    FOR e IN SELECT * FROM audit_entry WHERE lane = ${lane} ORDER BY lane_seq LOOP
      number := number + 1;
      previous := mash.entry_hash(previous, e.lane, number, e.id, e.at, e.actor_kind, e.actor_id, e.act,
        e.referral_id, e.details, e.request_id);
      UPDATE audit_entry SET lane_seq = number, hash = previous WHERE id = e.id AND at = e.at;
    END LOOP;
    UPDATE record_lane SET seq = number, hash = previous WHERE lane = ${lane};
  END $$`;
