import { USUAL_LADDERS, type AlertGroup } from '../policy/triage-policy.ts';
import type { Rating } from '../rating/rating.ts';
import { after } from '../working-time/span.ts';
import { nextOpening, type ShiftChange } from '../working-time/shift-change.ts';
import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import type { ArmedStep } from './escalation.ts';

/**
 * What the hub itself must have done, beside its referrals: fill a gap in the rota, correct an address that has
 * failed, look at an alert that reached nobody, accept a hand-over.
 */
export const SERVICE_DEADLINES = ['rota_gap', 'contact_failed', 'undelivered', 'handover'] as const;
export type ServiceDeadline = (typeof SERVICE_DEADLINES)[number];

/** How urgent the alerts of each are, in the words of a rating. */
export const SERVICE_URGENCY: Readonly<Record<ServiceDeadline, Rating>> = {
  rota_gap: 'amber',
  contact_failed: 'amber',
  undelivered: 'red',
  handover: 'red',
};

/** How long after opening, or closing, a hand-over must have been accepted. */
export const HANDOVER_ACCEPTED_WITHIN_MINUTES = 30;

type Chain = readonly Pick<ArmedStep, 'at' | 'tell'>[];

/** The steps for something found wrong at an instant: told at once, and again each working day until it is right. */
export function serviceSteps(
  calendar: WorkingCalendar,
  kind: Exclude<ServiceDeadline, 'handover'>,
  now: Temporal.Instant,
): readonly ArmedStep[] {
  const tell: readonly AlertGroup[] =
    kind === 'undelivered' ? ['head_of_service', 'last_resort'] : ['practice_manager', 'service_manager'];
  return chain(kind, [
    { at: now, tell },
    { at: after(calendar, now, AGAIN[kind]), tell },
  ]);
}

/** How often each is told again. */
const AGAIN = {
  rota_gap: { workingDays: 1 },
  contact_failed: { workingDays: 1 },
  undelivered: { elapsedMinutes: 30 },
  handover: { elapsedMinutes: 30 },
} as const;

/**
 * The steps for a hand-over that nobody has accepted: the manager on duty half an hour after the change, and, when
 * the emergency duty team never accepted it, the duty manager half an hour after opening.
 */
export function handoverSteps(calendar: WorkingCalendar, { to, at }: ShiftChange): readonly ArmedStep[] {
  const limit = { elapsedMinutes: HANDOVER_ACCEPTED_WITHIN_MINUTES };
  const accepted = after(calendar, at, limit);
  const morning = after(calendar, nextOpening(calendar, at), limit);
  const steps = [{ at: accepted, tell: ['practice_manager'] }] satisfies Chain;
  const last = to === 'hub' ? accepted : morning;
  return chain('handover', [
    ...steps,
    ...(to === 'hub' ? [] : [{ at: morning, tell: ['practice_manager'] } satisfies Chain[number]]),
    { at: after(calendar, last, AGAIN.handover), tell: ['practice_manager', 'service_manager'] },
  ]);
}

/** When a step of such a chain that has fired is told again; null for one that is not repeated. */
export function nextServiceRepeat(
  calendar: WorkingCalendar,
  kind: ServiceDeadline,
  fired: ArmedStep,
  now: Temporal.Instant,
): ArmedStep | null {
  if (fired.repetition === 0) return null;
  let at = after(calendar, fired.at, AGAIN[kind]);
  while (Temporal.Instant.compare(at, now) <= 0) at = after(calendar, at, AGAIN[kind]);
  return { ...fired, repetition: fired.repetition + 1, at };
}

function chain(kind: ServiceDeadline, steps: Chain): readonly ArmedStep[] {
  return steps.map(({ at, tell }, position) => ({
    position,
    repetition: position === steps.length - 1 ? 1 : 0,
    at,
    onlyIfUnclaimed: false,
    tell,
    ladder: USUAL_LADDERS[SERVICE_URGENCY[kind]],
  }));
}
