import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline } from '#deadlines';
import type { AlertGroup, ShiftChange } from '#domain';
import { Refused } from '#platform';
import { HandoverNote, rowsOf, type Database, type Transaction } from '#store';

/** Somebody of the next team takes over the reds of a hand-over, or writes what that team must know. */
export class AcceptHandover {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `handover-already-accepted`, or `handover-is-for-others` */
  async accept({ handoverId, by }: { handoverId: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { at, passesTo } = await open(tx, handoverId);
      await mustBeOf(tx, passesTo, by);
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

interface OpenHandover {
  readonly at: Temporal.Instant;
  readonly passesTo: ShiftChange['to'];
}

async function open(tx: Transaction, id: string): Promise<OpenHandover> {
  const found = await tx.row<OpenHandover & { isOpen: boolean }>(
    `SELECT at, passes_to AS "passesTo", EXISTS (
       SELECT 1 FROM deadline WHERE kind = 'handover' AND subject = handover.id::text AND state = 'open') AS "isOpen"
     FROM handover WHERE id::text = $1 FOR UPDATE`,
    [id],
  );
  if (found === null) throw new Refused('not-found');
  if (!found.isOpen) throw new Refused('handover-already-accepted');
  return found;
}

const TEAMS: Readonly<Record<ShiftChange['to'], readonly AlertGroup[]>> = {
  emergency_duty_team: ['emergency_duty_team', 'on_call_manager'],
  hub: ['duty_team', 'practice_manager', 'service_manager', 'head_of_service'],
};

/** Those who hand over cannot accept for those who take over; a manager can for either. */
async function mustBeOf(tx: Transaction, team: ShiftChange['to'], by: StaffActor): Promise<void> {
  const isOf = await tx.row('SELECT 1 FROM staff_member WHERE id = $1 AND alert_groups && $2', [by.id, TEAMS[team]]);
  if (isOf === null && by.role !== 'manager') throw new Refused('handover-is-for-others');
}
