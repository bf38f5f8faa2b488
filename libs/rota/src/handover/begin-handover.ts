import { Injectable } from '@nestjs/common';
import { randomUUIDv7 } from 'node:crypto';
import { auditEntry } from '#audit';
import { endServiceDeadline, openServiceDeadline, Policies } from '#deadlines';
import { handoverSteps, isOpen, lastShiftChange, workingCalendar, type CalendarData, type ShiftChange } from '#domain';
import { SERVICE, Handover, HandoverReferral, rowsOf, Database, type Transaction, sql } from '#store';

/** Not decided for good: what was decided a moment ago may be taken back. */
const IS_OPEN = sql`(r.status <> 'decided' OR r.undoable_until > mash.now())`;

/**
 * When the front door closes or opens, the reds that are open then pass to the next team: a person there has to
 * accept them. Safe to call at any time; each change makes one hand-over. One whose referrals are all decided needs
 * no person to accept it any more.
 */
@Injectable()
export class BeginHandover {
  /** The change that this process has dealt with last. */
  private dealtWith: Temporal.Instant | null = null;

  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async execute(): Promise<void> {
    await this.endDecided();
    await this.database.as(SERVICE).transaction(async (tx) => {
      const change = await this.lastChange(tx);
      if (this.dealtWith !== null && this.dealtWith.equals(change.at)) return;
      await this.begin(tx, change);
      this.dealtWith = change.at;
    });
  }

  /** By the opening hours; or at the instant at which other hours came into force that open or shut the door. */
  private async lastChange(tx: Transaction): Promise<ShiftChange> {
    const { calendar } = await this.policies.inForce(tx);
    const byTheHours = lastShiftChange(calendar, tx.now);
    const replaced = await tx.row<{ calendar: CalendarData; until: Temporal.Instant }>(
      sql`SELECT before.calendar, now.effective_from AS until
       FROM (SELECT * FROM calendar_version WHERE effective_from <= ${tx.now}
             ORDER BY effective_from DESC, version DESC LIMIT 1) now
       CROSS JOIN LATERAL (SELECT * FROM calendar_version WHERE effective_from < now.effective_from
             ORDER BY effective_from DESC, version DESC LIMIT 1) before`,
    );
    if (replaced === null || Temporal.Instant.compare(replaced.until, byTheHours.at) <= 0) return byTheHours;
    const isOpenSince = isOpen(calendar, replaced.until);
    if (isOpen(workingCalendar(replaced.calendar), replaced.until) === isOpenSince) return byTheHours;
    return { to: isOpenSince ? 'hub' : 'emergency_duty_team', at: replaced.until };
  }

  private async begin(tx: Transaction, change: ShiftChange): Promise<void> {
    const inForce = await this.policies.inForce(tx);
    await tx.lock('handover');
    const reds = await tx.rows<{ id: string }>(
      sql`SELECT id FROM referral r WHERE ${IS_OPEN} AND rating = 'red' AND received_at < ${change.at}
         AND NOT EXISTS (SELECT 1 FROM handover WHERE at >= ${change.at})
       ORDER BY decision_due_at, id`,
    );
    if (reds.length === 0) return;
    const handoverId = randomUUIDv7();
    await tx.insert(
      rowsOf(Handover, { id: handoverId, passesTo: change.to, at: change.at }),
      rowsOf(HandoverReferral, ...reds.map(({ id: referralId }) => ({ handoverId, referralId }))),
      ...reds.map(({ id }) => auditEntry(tx, 'handover.begun', id, { handoverId, to: change.to })),
    );
    await openServiceDeadline(tx, 'handover', handoverId, handoverSteps(inForce.calendar, change), inForce);
  }

  private async endDecided(): Promise<void> {
    await this.database.as(SERVICE).transaction(async (tx) => {
      const decided = await tx.rows<{ subject: string }>(sql`
        SELECT d.subject FROM deadline d WHERE d.kind = 'handover' AND d.state = 'open' AND NOT EXISTS (
          SELECT 1 FROM handover_referral h JOIN referral r ON r.id = h.referral_id
          WHERE h.handover_id::text = d.subject AND ${IS_OPEN})`);
      for (const { subject } of decided) await endServiceDeadline(tx, 'handover', subject);
    });
  }
}
