import { openServiceDeadline, type Policies } from '#deadlines';
import { serviceSteps, type Addressee, type Rung } from '#domain';
import { loadRota, type ChannelsInUse } from '#rota';
import { sql, type Deadline, type Transaction } from '#store';
import { aboutWhom } from './about-whom.ts';
import { alertDeliveries } from './alert-deliveries.ts';

/** By every channel that reaches a person at once, because the ladder of the alert has failed. */
const EVERY_WAY_AT_ONCE: readonly Rung[] = [{ channels: ['email', 'sms'], afterMinutes: 0 }];

interface Unreached {
  readonly kind: Deadline['kind'];
  readonly urgency: number;
  readonly ownerId: string | null;
  readonly agencyId: string | null;
  readonly tell: readonly Addressee[];
  readonly told: readonly string[] | null;
}

/**
 * Passes on an alert that no channel has brought to any person who works here: it goes at once to the people of the next step and of
 * last resort, by every channel at the same time. Where channels failed, the service raises an alert about itself: one,
 * however many alerts there are. Does nothing when a person of those told still has it, or when it has been acknowledged.
 */
export async function passOnAlert(
  tx: Transaction,
  policies: Policies,
  channels: ChannelsInUse,
  alertId: string,
  why: 'failed' | 'left',
): Promise<void> {
  await tx.lock('passingOnAlert', alertId);
  const alert = await tx.row<Unreached>(sql`
    SELECT d.kind, d.urgency, d.owner_id AS "ownerId", d.agency_id AS "agencyId",
      coalesce((SELECT later.tell FROM deadline_step later WHERE later.deadline_id = d.id AND later.state = 'waiting'
        ORDER BY later.at LIMIT 1), s.tell) AS tell,
      (SELECT array_agg(DISTINCT recipient_id::text) FROM delivery
       WHERE alert_id = ${alertId} AND recipient_id IS NOT NULL) AS told
    FROM alert a JOIN deadline_step s ON s.id = a.id JOIN deadline d ON d.id = a.deadline_id
    WHERE a.id = ${alertId} AND d.state = 'open'
      AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = ${alertId})
      AND NOT EXISTS (
        SELECT 1 FROM delivery JOIN staff_member told ON told.id = recipient_id AND told.is_active
        WHERE alert_id = ${alertId} AND channel <> 'console'
        AND (state IN ('accepted', 'delivered', 'sending') OR (state = 'queued' AND failure IS NULL)))`);
  if (alert === null) return;
  const inForce = await policies.inForce(tx);
  const { duty, people } = await loadRota(tx, inForce.calendar, channels);
  const others = [...alert.tell, 'last_resort' as const].flatMap(
    (group) => duty.whoIsTold([group], aboutWhom(alert), tx.now).people,
  );
  const untold = [...new Set(others)].filter((id) => alert.told?.includes(id) !== true).map((id) => people.get(id)!);
  const { urgency, kind } = alert;
  await tx.insert(alertDeliveries({ id: alertId, urgency, firedAt: tx.now }, untold, EVERY_WAY_AT_ONCE, channels));
  // That a person leaves is no fault of the service.
  if (kind === 'undelivered' || why === 'left') return;
  const steps = serviceSteps(inForce.calendar, 'undelivered', tx.now);
  await openServiceDeadline(tx, 'undelivered', ALL_ALERTS, steps, inForce);
}

/** The subject of the one deadline about alerts that reached no person. */
export const ALL_ALERTS = 'alerts';
