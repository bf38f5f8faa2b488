import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { Refused } from '#platform';
import { auditEntry, endServiceDeadline, HandoverNote, rowsOf, type Database, type Transaction } from '#store';

/** Somebody of the next team takes over the reds of a hand-over, or writes what that team must know. */
export class AcceptHandover {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, or `handover-already-accepted` */
  async accept({ handoverId, by }: { handoverId: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { at } = await open(tx, handoverId);
      await tx.update('UPDATE handover SET accepted_by = $2, accepted_at = $3 WHERE id = $1', [
        handoverId,
        by.id,
        tx.now,
      ]);
      await endServiceDeadline(tx, 'handover', handoverId);
      // Whoever has the referrals now has them, whether or not those before ever accepted: that stays on record.
      const earlier = await tx.rows<{ id: string }>('SELECT id FROM handover WHERE accepted_at IS NULL AND at < $1', [
        at,
      ]);
      for (const { id } of earlier) await endServiceDeadline(tx, 'handover', id, 'superseded');
      const referrals = await tx.rows<{ id: string }>(
        'SELECT referral_id AS id FROM handover_referral WHERE handover_id = $1',
        [handoverId],
      );
      await tx.insert(...referrals.map(({ id }) => auditEntry(tx, by, 'handover.accepted', id, { handoverId })));
    });
  }

  /** @throws Refused `not-found`, or `handover-already-accepted` */
  async write({ handoverId, note, by }: { handoverId: string; note: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      await open(tx, handoverId);
      await tx.insert(
        rowsOf(HandoverNote, { id: randomUUIDv7(), handoverId, writtenBy: by.id, writtenAt: tx.now, note }),
        auditEntry(tx, by, 'handover.noted', null, { handoverId }),
      );
    });
  }
}

async function open(tx: Transaction, id: string): Promise<{ at: Temporal.Instant }> {
  const found = await tx.row<{ at: Temporal.Instant; acceptedAt: Temporal.Instant | null }>(
    `SELECT at, accepted_at AS "acceptedAt" FROM handover WHERE id::text = $1 FOR UPDATE`,
    [id],
  );
  if (found === null) throw new Refused('not-found');
  if (found.acceptedAt !== null) throw new Refused('handover-already-accepted');
  return found;
}
