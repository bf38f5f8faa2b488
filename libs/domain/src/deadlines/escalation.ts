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

/** Whom a step tells: the people of a group, the one person or the agency whom its deadline waits for. */
export type Addressee = AlertGroup | 'owner' | 'agency';

/** A step of an escalation with the instant at which it is due (policy key `escalation`). */
export interface ArmedStep<To extends Addressee = AlertGroup> {
  /** The step's place in the escalation: 0 for the first step, which tells the least senior people. */
  readonly position: number;
  /** 0 for a step that fires once; 1, 2, 3… for each repeat of the repeating step. */
  readonly repetition: number;
  readonly at: Temporal.Instant;
  /** Whether the step fires only while no person holds the referral. */
  readonly onlyIfUnclaimed: boolean;
  /** The groups whose people the alert is for. */
  readonly tell: readonly To[];
  /** The channels of the alert, one rung after the other. */
  readonly ladder: readonly Rung[];
}

/**
 * The steps of a decision deadline with their instants (policy key `escalation`). Each instant is calculated on the
 * calendar by itself, and not as a distance from another step. The last step is the first repeat; each later repeat is
 * armed when the repeat before it fires ({@link nextRepeat}).
 *
 * @param rating the rating whose escalation applies
 * @param times the instants of receipt and of the decision's due time
 * @returns the steps in the order of the policy, which need not be the order of their instants
 * @throws RangeError when the calendar has no working day within a year
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
 * The repeat that follows a repeat that has fired (policy key `escalation`). Repeats that should have fired by `now`
 * are skipped, so that a service that was down does not send them all at once.
 *
 * @param policy the version of the policy under which the deadline was armed
 * @param calendar the version of the calendar under which it was armed
 * @param fired the step that has fired, with its own instant and not the instant of firing
 * @param now the instant of firing
 * @returns the first repeat after `now`; null when the step does not repeat
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
 * The steps that are passed over because a more senior step is due as well. When a referral is received or re-rated and
 * some steps are in the past already, only the most senior of these fires, at once (policy key `acknowledging`). A step
 * whose condition does not hold does not fire, so it is not taken for the most senior one.
 *
 * @param steps the steps of one deadline
 * @param now the instant of receipt or re-rating
 * @param isClaimed whether a person holds the referral
 * @returns those of the steps that never fire
 */
export function passedOver<To extends Addressee>(
  steps: readonly ArmedStep<To>[],
  now: Temporal.Instant,
  isClaimed: boolean,
): readonly ArmedStep<To>[] {
  const past = steps.filter((step) => Temporal.Instant.compare(step.at, now) <= 0);
  const firing = past.filter((step) => !(isClaimed && step.onlyIfUnclaimed));
  const mostSenior = Math.max(...firing.map((step) => step.position));
  return past.filter((step) => step.position < mostSenior);
}

/**
 * Until when an acknowledgement pauses the escalation (policy key `acknowledging`). Only the decision ends it.
 *
 * @param rating the rating whose pause applies
 * @param now the instant of the acknowledgement
 * @returns the instant at which the pause ends
 */
export function pausedUntil(
  policy: TriagePolicy,
  calendar: WorkingCalendar,
  rating: Rating,
  now: Temporal.Instant,
): Temporal.Instant {
  return after(calendar, now, policy.ratings[rating].acknowledgementPauses);
}
