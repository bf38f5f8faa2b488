import { randomUUIDv7 } from 'node:crypto';
import { RecordVerification, rowsOf, sql, type Transaction } from '#store';
import type { Tampering } from './tampering.ts';
import type { RecordReport } from './verify-record.ts';

/** What is known of whether the record is as it was written. */
export interface RecordStanding {
  /** Null while none was ever made. */
  readonly checkpoint: { readonly at: Temporal.Instant; readonly entries: number; readonly note: string } | null;
  /** The latest; null before the first night. */
  readonly verification: {
    readonly at: Temporal.Instant;
    readonly entries: number;
    readonly lastEntryAt: Temporal.Instant | null;
    readonly checkpoints: number;
    readonly lastCheckpointAt: Temporal.Instant | null;
    readonly holds: boolean;
    readonly findings: readonly Tampering[];
  } | null;
}

/** The last checkpoint and the last verification. */
export async function recordStanding(tx: Transaction): Promise<RecordStanding> {
  const checkpoint = await tx.row<NonNullable<RecordStanding['checkpoint']>>(
    sql`SELECT at, entries, note FROM record_checkpoint`,
  );
  const verification = await tx.row<NonNullable<RecordStanding['verification']>>(sql`
    SELECT at, entries, last_entry_at AS "lastEntryAt", checkpoints, last_checkpoint_at AS "lastCheckpointAt", holds,
      findings
    FROM record_verification ORDER BY at DESC LIMIT 1`);
  return { checkpoint, verification };
}

/** Keeps what a verification came to. */
export async function keepVerification(tx: Transaction, report: RecordReport): Promise<void> {
  const { entries, lastEntryAt, checkpoints, lastCheckpointAt, holds, tampering } = report;
  const found = { entries, lastEntryAt, checkpoints, lastCheckpointAt, holds, findings: tampering };
  await tx.insert(rowsOf(RecordVerification, { id: randomUUIDv7(), at: tx.now, ...found }));
}
