import { recordStanding } from '#audit';
import type { Transaction } from '#store';
import type { RecordPart } from './evidence.ts';

/** The latest checkpoint and the latest verification of the record, at the time at which the pack is made. */
export async function recordOfPack(tx: Transaction): Promise<RecordPart> {
  const { checkpoint, verification } = await recordStanding(tx);
  return {
    checkpoint: checkpoint && { ...checkpoint, at: checkpoint.at.toString() },
    verification: verification && {
      at: verification.at.toString(),
      entries: verification.entries,
      lastEntryAt: verification.lastEntryAt?.toString() ?? null,
      checkpoints: verification.checkpoints,
      holds: verification.holds,
    },
  };
}
