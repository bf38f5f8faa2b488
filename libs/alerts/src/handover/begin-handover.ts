import { randomUUIDv7 } from 'node:crypto';
import { handoverSteps, lastShiftChange, type ShiftChange } from '#domain';
import {
  auditEntry,
  Handover,
  HandoverReferral,
  openServiceDeadline,
  rowsOf,
  type Database,
  type Policies,
} from '#store';

/**
 * When the front door closes or opens, the reds that are open then pass to the next team: somebody there has to
 * accept them. Safe to call at any time; each change makes one hand-over.
 */
export class BeginHandover {
  /** The change that this process has dealt with last. */
  private dealtWith: Temporal.Instant | null = null;

  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async execute(): Promise<void> {
    const { calendar } = await this.policies.inForce();
    const change = lastShiftChange(calendar, await this.database.now());
    if (this.dealtWith !== null && this.dealtWith.equals(change.at)) return;
    await this.begin(change);
    this.dealtWith = change.at;
  }

  private async begin(change: ShiftChange): Promise<void> {
    await this.database.transaction(async (tx) => {
      const inForce = await this.policies.inForce(tx);
      await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('handover', 0))`);
      const reds = await tx.rows<{ id: string }>(
        `SELECT id FROM referral WHERE status <> 'decided' AND rating = 'red' AND received_at < $1
           AND NOT EXISTS (SELECT 1 FROM handover WHERE at >= $1)
         ORDER BY decision_due_at, id`,
        [change.at],
      );
      if (reds.length === 0) return;
      const handoverId = randomUUIDv7();
      await tx.insert(
        rowsOf(Handover, { id: handoverId, passesTo: change.to, at: change.at }),
        rowsOf(HandoverReferral, ...reds.map(({ id: referralId }) => ({ handoverId, referralId }))),
        ...reds.map(({ id }) =>
          auditEntry(tx, { kind: 'service' }, 'handover.begun', id, { handoverId, to: change.to }),
        ),
      );
      await openServiceDeadline(tx, 'handover', handoverId, handoverSteps(inForce.calendar, change), inForce);
    });
  }
}
