import { Acknowledgement, Alert, Delivery, type NewRow } from '#store';
import { urgency } from '#domain';
import { alertDeliveries } from '../../../libs/alerts/src/alert-deliveries.ts';
import type { CameDue } from './past-deadlines.ts';
import { isBefore, type World } from './world.ts';
import { ofGroups } from './to-groups.ts';

/** Milliseconds from the leasing of a message to the mail server's having it, and to its arrival. */
const TAKEN_WITHIN_MS = [150, 2_500] as const;
const ARRIVES_WITHIN_MS = [400, 9_000] as const;
/** A mail server is first asked about a message after this, in seconds. */
const FIRST_LOOK_UP_SECONDS = 60;

/** An alert that fired, and the people whom it was sent to. */
export interface PastAlert {
  readonly id: string;
  readonly deadlineId: string;
  readonly at: Temporal.Instant;
  readonly told: readonly string[];
  readonly reached: boolean;
  isAcknowledged: boolean;
}

/** The alert of a step that fired, with its deliveries, which arrive within seconds unless no mail leaves the hub. */
export function fireAlert(world: World, { step, deadline, at }: CameDue): PastAlert {
  const { duty, people } = world.rota;
  const { groups, people: told } = duty.whoAnswers(ofGroups(step.tell), at);
  const { id: deadlineId, referralId = null, rating, dueAt } = deadline;
  const alert = { id: step.id, urgency: urgency(rating), firedAt: at };
  world.rows.add(Alert, {
    id: step.id,
    deadlineId,
    referralId,
    rating,
    dueAt,
    stepAt: step.at,
    firedAt: at,
    told: groups,
  });
  const recipients = told.map((id) => people.get(id)!);
  const made = alertDeliveries(alert, recipients, step.ladder, world.channels);
  const isOut = world.mailOutages.some(({ from, until }) => !isBefore(at, from) && isBefore(at, until));
  for (const queued of made.rows as readonly NewRow<Delivery>[]) {
    const row = { ...queued, id: world.ids.at(at) };
    world.rows.add(Delivery, isOut ? neverTaken(row) : delivered(world, row, at));
  }
  return { id: step.id, deadlineId, at, told, reached: !isOut, isAcknowledged: false };
}

/** A message that the mail server has taken, and that has arrived. */
export function delivered(world: World, row: NewRow<Delivery>, at: Temporal.Instant): NewRow<Delivery> {
  const acceptedAt = at.add({ milliseconds: world.random.whole(...TAKEN_WITHIN_MS) });
  return {
    ...row,
    ...{ state: 'delivered', attempts: 1, messageId: row.id, sentAt: at, acceptedAt },
    deliveredAt: acceptedAt.add({ milliseconds: world.random.whole(...ARRIVES_WITHIN_MS) }),
    nextAttemptAt: acceptedAt.add({ seconds: FIRST_LOOK_UP_SECONDS }),
  };
}

/** A message that was tried again and again, until nothing needed it any more. */
export function neverTaken(row: NewRow<Delivery>): NewRow<Delivery> {
  return { ...row, state: 'not_needed', attempts: 9, failure: 'ECONNECTION' };
}

/** A person says "I have seen this" of all alerts that fired so far. @returns how many these were */
export function acknowledge(
  world: World,
  alerts: readonly PastAlert[],
  at: Temporal.Instant,
  by: string,
  pausedUntil: Temporal.Instant,
): number {
  const seen = alerts.filter(({ isAcknowledged }) => !isAcknowledged);
  for (const alert of seen) {
    const { id: alertId, deadlineId } = alert;
    alert.isAcknowledged = true;
    world.rows.add(Acknowledgement, {
      ...{ id: world.ids.at(at), alertId, deadlineId },
      ...{ acknowledgedBy: by, acknowledgedAt: at, pausedUntil },
    });
  }
  return seen.length;
}
