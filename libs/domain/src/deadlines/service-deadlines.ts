import { USUAL_LADDERS, type AlertGroup } from '../policy/triage-policy.ts';
import type { Rating } from '../rating/rating.ts';
import { after } from '../working-time/span.ts';
import { nextOpening, type ShiftChange } from '../working-time/shift-change.ts';
import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import type { Addressee, ArmedStep } from './escalation.ts';
import { OVERSIGHT_REPEATS, type OversightDeadline } from './oversight-deadlines.ts';

/**
 * The deadlines of the service itself, beside those of referrals (decision records 10, 12, 72 and 73): managers must fill a
 * gap in the rota, correct a dead address, see to alerts that reached no person, find out who changed the record, or
 * look at a restriction again; a person of the next team must accept a hand-over.
 */
export const SERVICE_DEADLINES = [
  'rota_gap',
  'contact_failed',
  'undelivered',
  'handover',
  'record_changed',
  'restriction_review',
] as const;
/** One kind of {@link SERVICE_DEADLINES}. */
export type ServiceDeadline = (typeof SERVICE_DEADLINES)[number];

/**
 * How urgent the alerts of each kind are. Deliveries are sent in the same order as those of referrals with that rating.
 */
export const SERVICE_URGENCY: Readonly<Record<ServiceDeadline, Rating>> = {
  rota_gap: 'amber',
  contact_failed: 'amber',
  undelivered: 'red',
  handover: 'red',
  record_changed: 'amber',
  restriction_review: 'green',
};

/** Elapsed minutes after opening or closing within which a hand-over must be accepted. */
export const HANDOVER_ACCEPTED_WITHIN_MINUTES = 30;

type StepTimes = readonly Pick<ArmedStep, 'at' | 'tell'>[];

/**
 * The steps of a service deadline: the managers are told at once, and again each working day until the fault is mended.
 * Of alerts that reached no person, other people are told, and again every 30 minutes.
 *
 * @param now the instant at which the fault was found, or from which the thing is to be looked at
 */
export function serviceSteps(
  calendar: WorkingCalendar,
  kind: Exclude<ServiceDeadline, 'handover'>,
  now: Temporal.Instant,
): readonly ArmedStep[] {
  const tell: readonly AlertGroup[] =
    kind === 'undelivered' ? ['head_of_service', 'last_resort'] : ['practice_manager', 'service_manager'];
  return asArmedSteps(kind, [
    { at: now, tell },
    { at: after(calendar, now, REPEAT_EVERY[kind]), tell },
  ]);
}

/** How often the people are told again, from the instant of the step before. */
const REPEAT_EVERY = {
  rota_gap: { workingDays: 1 },
  contact_failed: { workingDays: 1 },
  undelivered: { elapsedMinutes: 30 },
  handover: { elapsedMinutes: 30 },
  record_changed: { workingDays: 1 },
  restriction_review: { workingDays: 1 },
  ...OVERSIGHT_REPEATS,
} as const;

/**
 * The steps of a hand-over that was not accepted (policy key `outOfHours`): the manager on duty is told half an hour
 * after the change. When it passed to the emergency duty team, the practice manager is told as well, half an hour after
 * the next opening. Then both groups of managers are told every 30 minutes.
 *
 * @param change the opening or closing, with its instant
 */
export function handoverSteps(calendar: WorkingCalendar, { to, at }: ShiftChange): readonly ArmedStep[] {
  const limit = { elapsedMinutes: HANDOVER_ACCEPTED_WITHIN_MINUTES };
  const acceptanceDue = after(calendar, at, limit);
  const afterOpening = after(calendar, nextOpening(calendar, at), limit);
  const steps = [{ at: acceptanceDue, tell: ['practice_manager'] }] satisfies StepTimes;
  const lastTold = to === 'hub' ? acceptanceDue : afterOpening;
  return asArmedSteps('handover', [
    ...steps,
    ...(to === 'hub' ? [] : [{ at: afterOpening, tell: ['practice_manager'] } satisfies StepTimes[number]]),
    { at: after(calendar, lastTold, REPEAT_EVERY.handover), tell: ['practice_manager', 'service_manager'] },
  ]);
}

/**
 * The repeat that follows a fired step of a deadline of the service or of oversight. Repeats that should have fired by `now` are skipped.
 *
 * @param fired the step that has fired, with its own instant
 * @param now the instant of firing
 * @returns the first repeat after `now`; null when the step does not repeat
 */
export function nextServiceRepeat(
  calendar: WorkingCalendar,
  kind: ServiceDeadline | OversightDeadline,
  fired: ArmedStep<Addressee>,
  now: Temporal.Instant,
): ArmedStep<Addressee> | null {
  if (fired.repetition === 0) return null;
  let at = after(calendar, fired.at, REPEAT_EVERY[kind]);
  while (Temporal.Instant.compare(at, now) <= 0) at = after(calendar, at, REPEAT_EVERY[kind]);
  return { ...fired, repetition: fired.repetition + 1, at };
}

function asArmedSteps(kind: ServiceDeadline, steps: StepTimes): readonly ArmedStep[] {
  return steps.map(({ at, tell }, position) => ({
    position,
    repetition: position === steps.length - 1 ? 1 : 0,
    at,
    onlyIfUnclaimed: false,
    tell,
    ladder: USUAL_LADDERS[SERVICE_URGENCY[kind]],
  }));
}
