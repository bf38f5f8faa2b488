import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Rating, ShiftChange } from '#domain';
import { Database, type ReferralStatus, sql, type Transaction } from '#store';

export interface HandoverPage {
  readonly now: Temporal.Instant;
  /** The latest first. */
  readonly handovers: readonly HandoverLine[];
}

export interface HandoverLine {
  readonly id: string;
  readonly passesTo: ShiftChange['to'];
  readonly at: Temporal.Instant;
  readonly acceptedBy: string | null;
  readonly acceptedAt: Temporal.Instant | null;
  /** Whether it is still to be accepted: not when a later one has been. */
  readonly isOpen: boolean;
  readonly referrals: readonly {
    readonly reference: string;
    readonly rating: Rating;
    readonly status: ReferralStatus;
    readonly dueAt: Temporal.Instant;
    readonly holder: string | null;
  }[];
  /** Those that the person may read. */
  readonly notes: readonly HandoverNoteLine[];
  /** How many more are about a record that is restricted and that does not let the person in. */
  readonly notesHidden: number;
}

export interface HandoverNoteLine {
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly note: string;
  /** The reference of the referral that it is about, or null. */
  readonly about: string | null;
}

const SHOWN = 10;

/** The last hand-overs, with what each passed on. */
@Injectable()
export class ReadHandovers {
  constructor(private readonly database: Database) {}

  async execute({ by }: { by: StaffActor }): Promise<HandoverPage> {
    return this.database.as(by).transaction(async (tx) => {
      const lines = await tx.rows<Omit<HandoverLine, 'referrals' | 'notes' | 'notesHidden'>>(
        sql`SELECT h.id, h.passes_to AS "passesTo", h.at, m.name AS "acceptedBy", h.accepted_at AS "acceptedAt",
           EXISTS (SELECT 1 FROM deadline WHERE kind = 'handover' AND subject = h.id::text AND state = 'open') AS "isOpen"
         FROM handover h LEFT JOIN staff_member m ON m.id = h.accepted_by ORDER BY h.at DESC LIMIT ${SHOWN}`,
      );
      const handovers: HandoverLine[] = [];
      for (const line of lines) {
        handovers.push({
          ...line,
          referrals: await tx.rows<HandoverLine['referrals'][number]>(
            sql`SELECT r.reference, r.rating, r.status, r.decision_due_at AS "dueAt", holder.name AS holder
             FROM handover_referral h JOIN referral r ON r.id = h.referral_id
             LEFT JOIN staff_member holder ON holder.id = r.claimed_by
             WHERE h.handover_id = ${line.id} ORDER BY r.decision_due_at, r.reference`,
          ),
          ...(await notesOf(tx, line.id)),
        });
      }
      await tx.insert(auditEntry(tx, 'handovers.read', null, { lines: lines.length }));
      return { now: tx.now, handovers };
    });
  }
}

async function notesOf(tx: Transaction, handoverId: string): Promise<Pick<HandoverLine, 'notes' | 'notesHidden'>> {
  const notes = await tx.rows<HandoverNoteLine>(
    sql`SELECT m.name AS by, n.written_at AS at, n.note, r.reference AS about FROM handover_note n
     JOIN staff_member m ON m.id = n.written_by LEFT JOIN referral r ON r.id = n.referral_id
     WHERE n.handover_id = ${handoverId} ORDER BY n.written_at, n.id`,
  );
  const written = await tx.overAll((all) =>
    all.row<{ count: number }>(sql`SELECT count(*)::int AS count FROM handover_note WHERE handover_id = ${handoverId}`),
  );
  return { notes, notesHidden: written!.count - notes.length };
}
