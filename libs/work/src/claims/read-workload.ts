import { Injectable } from '@nestjs/common';
import { mayHold, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import type { Rating } from '#domain';
import { Database, sql } from '#store';
import { readLoads, type Load } from './read-loads.ts';

/** A referral that a person let go of, and why. */
export interface PutDown {
  readonly reference: string;
  readonly rating: Rating;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly how: 'skipped' | 'given_back';
  readonly reason: string;
  /** Who holds it now; null when no person does, or it is decided. */
  readonly holder: string | null;
  readonly isDecided: boolean;
}

export interface Workload {
  readonly people: readonly Load[];
  readonly putDown: readonly PutDown[];
  readonly now: Temporal.Instant;
}

const PUT_DOWN_SHOWN = 100;

/** Who holds how much, and what was skipped or given back in the last seven days and why. */
@Injectable()
export class ReadWorkload {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async execute(by: StaffActor): Promise<Workload> {
    return this.database.as(by).transaction(async (tx) => {
      const { policy } = await this.policies.inForce(tx);
      const people = (await readLoads(tx, policy)).filter(mayHold);
      const putDown = await tx.rows<PutDown>(
        sql`SELECT r.reference, r.rating, s.name AS by, n.written_at AS at, n.kind AS how, n.note AS reason, holder.name AS holder,
           r.status = 'decided' AS "isDecided"
         FROM claim_note n JOIN referral r ON r.id = n.referral_id JOIN staff_member s ON s.id = n.written_by
         LEFT JOIN staff_member holder ON holder.id = r.claimed_by AND r.status <> 'decided'
         WHERE n.kind IN ('skipped', 'given_back') AND n.written_at > ${tx.now}::timestamptz - interval '7 days'
         ORDER BY n.written_at DESC LIMIT ${PUT_DOWN_SHOWN}`,
      );
      await tx.insert(auditEntry(tx, 'workload.read', null, { putDown: putDown.length }));
      return { people, putDown, now: tx.now };
    });
  }
}
