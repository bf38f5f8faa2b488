import { serviceDeadlineRows, stepRow } from '#deadlines';
import { nextServiceRepeat, serviceSteps, type AlertGroup } from '#domain';
import { Deadline, DeadlineStep, Delivery, type NewRow } from '#store';
import { alertDeliveries } from '../../../libs/alerts/src/alert-deliveries.ts';
import { fireAlert, neverTaken, type PastAlert } from './past-alerts.ts';
import type { PastDeadline, PastStep } from './past-deadlines.ts';
import { inForceAt, isBefore, type World } from './world.ts';

/** From the firing of an alert to the fourth failure of its message, after which other people are told. */
const PASSED_ON_AFTER_SECONDS = 32;
const EVERY_WAY_AT_ONCE = [{ channels: ['email', 'sms'], afterMinutes: 0 }] as const;

/**
 * An alert that no e-mail brought to any person is passed on, as `pass-on-alert.ts` of libs/alerts does: in vain while
 * the mail is out.
 *
 * @param next the groups of the step that follows
 * @returns when it was passed on
 */
export function passOn(world: World, alert: PastAlert, urgent: number, next: readonly AlertGroup[]): Temporal.Instant {
  const at = alert.at.add({ seconds: PASSED_ON_AFTER_SECONDS });
  const { duty, people } = world.rota;
  const others = [...next, 'last_resort' as const].flatMap((group) => duty.whoAnswers([group], at).people);
  const untold = [...new Set(others)].filter((id) => !alert.told.includes(id)).map((id) => people.get(id)!);
  const fired = { id: alert.id, urgency: urgent, firedAt: at };
  const { rows } = alertDeliveries(fired, untold, EVERY_WAY_AT_ONCE, world.channels);
  for (const row of rows as readonly NewRow<Delivery>[]) {
    world.rows.add(Delivery, neverTaken({ ...row, id: world.ids.at(at) }));
  }
  return at;
}

/**
 * The service's alert about itself: alerts reach no person. It ends when the thing that they were about is done.
 *
 * @param from when the first of them was passed on
 */
export function raiseUndelivered(world: World, from: Temporal.Instant, until: Temporal.Instant): void {
  const versions = inForceAt(world, from);
  const { calendar } = versions;
  const steps = serviceSteps(calendar, 'undelivered', from);
  const about = { kind: 'undelivered', subject: 'alerts', rating: 'red', steps, versions } as const;
  const made = world.ids.ofThen(serviceDeadlineRows({ now: from }, about), from);
  const [deadline, ...waiting] = made.flatMap(({ rows }) => rows) as [PastDeadline, ...PastStep[]];
  world.rows.add(Deadline, Object.assign(deadline, { state: 'met', endedAt: until }));
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const at = step.at.add({ milliseconds: world.random.whole(20, 400) });
    const fires = isBefore(at, until);
    world.rows.add(DeadlineStep, Object.assign(step, { state: fires ? 'fired' : 'not_needed' }));
    if (!fires) continue;
    fireAlert(world, { step, deadline, versions, at });
    const next = nextServiceRepeat(calendar, 'undelivered', step, at);
    if (next === null) continue;
    waiting.push({ ...stepRow(deadline.id, 'red', next, 'waiting'), id: world.ids.at(at) });
  }
}
