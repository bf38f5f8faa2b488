import { openServiceDeadline, type Policies } from '#deadlines';
import { serviceSteps, type AlertGroup, type Rung } from '#domain';
import { loadRota, type ChannelsInUse } from '#rota';
import type { Deadline, Transaction } from '#store';
import { deliveryRows } from './delivery-rows.ts';

/** By everything that reaches a person, whatever the ladder was: it has failed. */
const AT_ONCE: readonly Rung[] = [{ channels: ['email', 'sms'], afterMinutes: 0 }];

interface Unreached {
  readonly kind: Deadline['kind'];
  readonly urgency: number;
  readonly tell: readonly AlertGroup[];
  readonly told: readonly string[];
}

/**
 * An alert that no channel has brought to anybody: it goes at once to those of the next step and of last resort, by
 * every channel at the same time, and the service raises an alert about itself: one, however many they are. Nothing
 * is done when somebody of those told still has it, or when it has been acknowledged.
 */
export async function reachSomebody(
  tx: Transaction,
  policies: Policies,
  channels: ChannelsInUse,
  alertId: string,
): Promise<void> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [alertId]);
  const alert = await tx.row<Unreached>(
    `SELECT d.kind, d.urgency,
       coalesce((SELECT later.tell FROM deadline_step later WHERE later.deadline_id = d.id AND later.state = 'waiting'
         ORDER BY later.at LIMIT 1), s.tell) AS tell,
       (SELECT array_agg(DISTINCT recipient_id::text) FROM delivery WHERE alert_id = $1 AND recipient_id IS NOT NULL) AS told
     FROM alert a JOIN deadline_step s ON s.id = a.id JOIN deadline d ON d.id = a.deadline_id
     WHERE a.id = $1 AND d.state = 'open' AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = $1)
       AND NOT EXISTS (
       SELECT 1 FROM delivery WHERE alert_id = $1 AND recipient_id IS NOT NULL AND channel <> 'console'
       AND (state IN ('accepted', 'delivered', 'sending') OR (state = 'queued' AND failure IS NULL)))`,
    [alertId],
  );
  if (alert === null) return;
  const inForce = await policies.inForce(tx);
  const { duty, people } = await loadRota(tx, inForce.calendar, channels);
  const others = [...alert.tell, 'last_resort' as const].flatMap((group) => duty.whoAnswers([group], tx.now).people);
  const untold = [...new Set(others)].filter((id) => !alert.told.includes(id)).map((id) => people.get(id)!);
  await tx.insert(deliveryRows({ id: alertId, urgency: alert.urgency, firedAt: tx.now }, untold, AT_ONCE, channels));
  if (alert.kind === 'undelivered') return;
  const steps = serviceSteps(inForce.calendar, 'undelivered', tx.now);
  await openServiceDeadline(tx, 'undelivered', 'alerts', steps, inForce);
}
