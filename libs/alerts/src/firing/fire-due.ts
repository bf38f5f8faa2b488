import { randomUUIDv7 } from 'node:crypto';
import { groupsOnDuty, nextRepeat, type AlertGroup, type Rating } from '#domain';
import { jobRows, type JobRelay } from '#jobs';
import type { Logger } from '#platform';
import {
  Alert,
  auditEntry,
  DeadlineStep,
  Delivery,
  rowsOf,
  type Database,
  type PolicyInForce,
  type RowsOf,
  type Transaction,
} from '#store';
import { onDuty, recipientsOf, type OnDuty } from './recipients.ts';

/** As many steps as one transaction fires: enough to be quick, few enough to lock nobody out for long. */
const BATCH = 500;

interface DueStep {
  readonly id: string;
  readonly deadlineId: string;
  readonly referralId: string;
  readonly position: number;
  readonly repetition: number;
  readonly at: Temporal.Instant;
  readonly tell: readonly AlertGroup[];
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly fired: boolean;
}

/**
 * Fires every step that is due by the database's clock: each becomes one alert with its deliveries, and a repeating
 * step arms the next, all in one transaction. Safe to call at any time, from anywhere, any number of times at once.
 */
export class FireDue {
  constructor(
    private readonly database: Database,
    private readonly inForce: PolicyInForce,
    private readonly relay: Pick<JobRelay, 'nudge'>,
    private readonly log: Logger,
  ) {}

  /** @returns how many alerts were fired, most urgent first */
  async execute(): Promise<number> {
    let total = 0;
    for (let taken = BATCH; taken === BATCH;) {
      const batch = await this.database.transaction((tx) => this.fireBatch(tx));
      taken = batch.taken;
      total += batch.fired;
    }
    if (total > 0) this.relay.nudge();
    return total;
  }

  private async fireBatch(tx: Transaction): Promise<{ taken: number; fired: number }> {
    const due = await takeDueSteps(tx);
    if (due.length === 0) return { taken: 0, fired: 0 };
    const people = await onDuty(tx);
    const fired = due.filter((step) => step.fired);
    const deliveries = new Map<Rating, string[]>();
    const rows: RowsOf[] = fired.flatMap((step) => this.alertRows(tx, step, people, deliveries));
    await tx.insert(
      ...together(rows),
      ...[...deliveries].map(([rating, ids]) =>
        jobRows(
          tx,
          'send-alert',
          ids.map((deliveryId) => ({ deliveryId })),
          rating,
        ),
      ),
    );
    return { taken: due.length, fired: fired.length };
  }

  private alertRows(
    tx: Transaction,
    step: DueStep,
    people: readonly OnDuty[],
    deliveries: Map<Rating, string[]>,
  ): readonly RowsOf[] {
    const { policy, calendar } = this.inForce;
    const { id, deadlineId, referralId, rating, dueAt, at: stepAt } = step;
    const told = groupsOnDuty(calendar, step.tell, tx.now);
    const recipients = recipientsOf(people, told);
    if (recipients.length === 0)
      this.log.error({ alert: id }, 'an alert has nobody to go to: give last_resort a person');
    const sent = recipients.map((recipientId) => ({ id: randomUUIDv7(), recipientId }));
    deliveries.set(rating, [...(deliveries.get(rating) ?? []), ...sent.map((delivery) => delivery.id)]);
    const repeat = nextRepeat(policy, calendar, rating, step, tx.now);
    return [
      rowsOf(Alert, { id, deadlineId, referralId, rating, dueAt, stepAt, firedAt: tx.now, told }),
      rowsOf(
        Delivery,
        ...sent.map((delivery) => ({ ...delivery, alertId: id, channel: 'email' as const, state: 'queued' as const })),
      ),
      rowsOf(
        DeadlineStep,
        ...(repeat === null ? [] : [{ id: randomUUIDv7(), deadlineId, ...repeat, state: 'waiting' as const }]),
      ),
      auditEntry(tx, { kind: 'service' }, 'alert.fired', referralId, { alertId: id, told }),
    ];
  }
}

/**
 * Marks the most urgent due steps as fired, or as not needed where their condition does not hold. Rows that another
 * process fires, or that a decision is ending at this moment, are left to it.
 */
async function takeDueSteps(tx: Transaction): Promise<readonly DueStep[]> {
  return tx.rows<DueStep>(
    `WITH due AS (
       SELECT s.id, d.referral_id, d.rating, d.due_at, NOT (s.only_if_unclaimed AND r.claimed_by IS NOT NULL) AS fired
       FROM deadline_step s JOIN deadline d ON d.id = s.deadline_id JOIN referral r ON r.id = d.referral_id
       WHERE s.state = 'waiting' AND s.at <= $1 AND d.state = 'open' AND (d.paused_until IS NULL OR d.paused_until <= $1)
       ORDER BY d.urgency, s.at LIMIT ${BATCH}
       FOR NO KEY UPDATE OF s, d SKIP LOCKED)
     UPDATE deadline_step s SET state = CASE WHEN due.fired THEN 'fired' ELSE 'not_needed' END
     FROM due WHERE s.id = due.id
     RETURNING s.id, s.deadline_id AS "deadlineId", due.referral_id AS "referralId", s.position, s.repetition, s.at,
       s.tell, due.rating, due.due_at AS "dueAt", due.fired`,
    [tx.now],
  );
}

/** One entry a table, so that a batch is one statement. */
function together(rows: readonly RowsOf[]): readonly RowsOf[] {
  const byTable = Map.groupBy(rows, ({ table }) => table);
  return [...byTable].map(([table, parts]) => ({ table, rows: parts.flatMap((part) => part.rows) }));
}
