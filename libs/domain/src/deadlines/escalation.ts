import {
  USUAL_LADDERS,
  type AlertGroup,
  type EscalationStep,
  type Rung,
  type TriagePolicy,
} from '../policy/triage-policy.ts';
import type { Rating } from '../rating/rating.ts';
import { after, before } from '../working-time/span.ts';
import type { WorkingCalendar } from '../working-time/working-calendar.ts';

/** A step of an escalation with its instant. */
export interface ArmedStep {
  /** Place in the policy's chain, 0 for the first and least senior. */
  readonly position: number;
  /** 0 for a step that fires once; 1, 2, 3… for each repeat of a repeating step. */
  readonly repetition: number;
  readonly at: Temporal.Instant;
  readonly onlyIfUnclaimed: boolean;
  readonly tell: readonly AlertGroup[];
  readonly ladder: readonly Rung[];
}

/**
 * Every step of the chain for one decision deadline, each from its own calculation on the calendar, ending with the
 * first repeat (policy key `escalation`). Later repeats are armed one by one, each when the one before it fires.
 */
export function armSteps(
  policy: TriagePolicy,
  calendar: WorkingCalendar,
  rating: Rating,
  { receivedAt, dueAt }: { readonly receivedAt: Temporal.Instant; readonly dueAt: Temporal.Instant },
): readonly ArmedStep[] {
  return policy.ratings[rating].escalation.map((step, position) => ({
    position,
    repetition: 'repeatEvery' in step ? 1 : 0,
    at: stepInstant(calendar, step, receivedAt, dueAt),
    onlyIfUnclaimed: step.onlyIf === 'unclaimed',
    tell: step.tell,
    ladder: step.ladder ?? USUAL_LADDERS[rating],
  }));
}

function stepInstant(
  calendar: WorkingCalendar,
  step: EscalationStep,
  receivedAt: Temporal.Instant,
  dueAt: Temporal.Instant,
): Temporal.Instant {
  if ('repeatEvery' in step) return after(calendar, dueAt, step.repeatEvery);
  if (step.at === 'due') return dueAt;
  return 'afterReceipt' in step.at
    ? after(calendar, receivedAt, step.at.afterReceipt)
    : before(calendar, dueAt, step.at.beforeDue);
}

/**
 * The repeat that follows one that has fired: the first on the chain's grid that is still ahead, so that a service
 * that was away does not send the missed ones in a burst.
 *
 * @returns null when the step does not repeat
 */
export function nextRepeat(
  policy: TriagePolicy,
  calendar: WorkingCalendar,
  rating: Rating,
  fired: Pick<ArmedStep, 'position' | 'repetition' | 'at'>,
  now: Temporal.Instant,
): ArmedStep | null {
  const step = policy.ratings[rating].escalation[fired.position];
  if (step === undefined || !('repeatEvery' in step)) return null;
  let at = after(calendar, fired.at, step.repeatEvery);
  while (Temporal.Instant.compare(at, now) <= 0) at = after(calendar, at, step.repeatEvery);
  return {
    position: fired.position,
    repetition: fired.repetition + 1,
    at,
    onlyIfUnclaimed: step.onlyIf === 'unclaimed',
    tell: step.tell,
    ladder: step.ladder ?? USUAL_LADDERS[rating],
  };
}

/**
 * Which of the steps to pass over because a more senior one is due as well. When a referral arrives or is re-rated
 * with steps already in the past, only the most senior of those fires, at once (policy key `acknowledging`). A step
 * whose condition does not hold is not the one to fire.
 *
 * @returns the passed-over steps
 */
export function passedOver(
  steps: readonly ArmedStep[],
  now: Temporal.Instant,
  isClaimed: boolean,
): readonly ArmedStep[] {
  const past = steps.filter((step) => Temporal.Instant.compare(step.at, now) <= 0);
  const firing = past.filter((step) => !(isClaimed && step.onlyIfUnclaimed));
  const mostSenior = Math.max(...firing.map((step) => step.position));
  return past.filter((step) => step.position < mostSenior);
}

/** When an acknowledgement made now stops pausing the chain of alerts. */
export function pausedUntil(
  policy: TriagePolicy,
  calendar: WorkingCalendar,
  rating: Rating,
  now: Temporal.Instant,
): Temporal.Instant {
  return after(calendar, now, policy.ratings[rating].acknowledgementPauses);
}
