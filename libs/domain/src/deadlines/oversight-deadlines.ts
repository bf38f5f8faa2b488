import { USUAL_LADDERS, type AlertGroup, type TriagePolicy } from '../policy/triage-policy.ts';
import type { Rating } from '../rating/rating.ts';
import { nextOpening } from '../working-time/shift-change.ts';
import { after, type Span } from '../working-time/span.ts';
import { atLocalTime, type WorkingCalendar } from '../working-time/working-calendar.ts';
import { armSteps, nextRepeat, type Addressee, type ArmedStep } from './escalation.ts';

/**
 * The deadlines of oversight (decision record 43): a challenge must be answered to the satisfaction of the person who
 * made it, and an action of a supervision note must be done.
 */
export const OVERSIGHT_DEADLINES = ['challenge', 'supervision_action'] as const;
/** One kind of {@link OVERSIGHT_DEADLINES}. */
export type OversightDeadline = (typeof OVERSIGHT_DEADLINES)[number];

/**
 * The time from a challenge to its due time. Working Together gives one working day to a decision; a challenge asks
 * whether that decision was quick and right, so it gets no longer.
 */
export const CHALLENGE_DUE: Span = { workingDays: 1 };

/** How often people are told again, from the instant of the step before. */
export const OVERSIGHT_REPEATS: Readonly<Record<OversightDeadline, Span>> = {
  challenge: { workingDays: 1 },
  supervision_action: { workingDays: 1 },
};

/** A deadline of oversight as it is armed. */
export interface ArmedOversightDeadline {
  readonly dueAt: Temporal.Instant;
  readonly rating: Rating;
  readonly steps: readonly ArmedStep<Addressee>[];
}

/**
 * The clock of a challenge. The practice manager is told at once, the service manager as well when it is due, and the
 * head of service each working day after that. From the due time the owner is told too: the person who made the
 * challenge and may have an answer to accept.
 *
 * @param rating the rating of the referral
 * @param madeAt the instant of the challenge
 */
export function armChallenge(
  calendar: WorkingCalendar,
  rating: Rating,
  madeAt: Temporal.Instant,
): ArmedOversightDeadline {
  const dueAt = after(calendar, madeAt, CHALLENGE_DUE);
  return {
    ...{ dueAt, rating },
    steps: asArmedSteps(rating, [
      { at: madeAt, tell: ['practice_manager'] },
      { at: dueAt, tell: ['owner', 'practice_manager', 'service_manager'] },
      {
        at: after(calendar, dueAt, OVERSIGHT_REPEATS.challenge),
        tell: ['owner', 'service_manager', 'head_of_service'],
      },
    ]),
  };
}

/**
 * The clock of an action of a supervision note. It is due when its day ends. The owner is told when the front door
 * opens next, and the owner and the owner's managers each working day after that.
 *
 * @param dueOn the last day for it, a local date
 * @param managers the group of those who manage its owner
 */
export function armSupervisionAction(
  calendar: WorkingCalendar,
  dueOn: Temporal.PlainDate,
  managers: AlertGroup,
): ArmedOversightDeadline {
  const dueAt = atLocalTime(calendar, dueOn.add({ days: 1 }), '00:00');
  const rating = 'green';
  const opening = nextOpening(calendar, dueAt);
  return {
    ...{ dueAt, rating },
    steps: asArmedSteps(rating, [
      { at: opening, tell: ['owner'] },
      { at: after(calendar, opening, OVERSIGHT_REPEATS.supervision_action), tell: ['owner', managers] },
    ]),
  };
}

/** The groups that are told at once when a sample finds that a decision may leave a child unsafe. */
const TOLD_OF_UNSAFE: readonly AlertGroup[] = ['practice_manager', 'service_manager', 'head_of_service'];

/**
 * The steps of a decision deadline that is armed again because a sample found that the decision may leave a child
 * unsafe. One step more than the policy has fires at once, by the quickest ladder. A step of the policy that is past
 * does not fire; a repeat that is past goes on with the first repeat that is not.
 *
 * @param times the instants of receipt and of the decision's due time
 * @param now the instant of the reopening
 */
export function reopenedSteps(
  policy: TriagePolicy,
  calendar: WorkingCalendar,
  rating: Rating,
  times: { readonly receivedAt: Temporal.Instant; readonly dueAt: Temporal.Instant },
  now: Temporal.Instant,
): { readonly waiting: readonly ArmedStep[]; readonly passedOver: readonly ArmedStep[] } {
  const steps = armSteps(policy, calendar, rating, times);
  const isPast = ({ at }: ArmedStep) => Temporal.Instant.compare(at, now) <= 0;
  const atOnce: ArmedStep = {
    ...{ position: steps.length, repetition: 0, at: now, onlyIfUnclaimed: false },
    tell: TOLD_OF_UNSAFE,
    ladder: USUAL_LADDERS.red,
  };
  const goOn = steps
    .filter((step) => step.repetition > 0 && isPast(step))
    .flatMap((step) => nextRepeat(policy, calendar, rating, step, now) ?? []);
  return {
    waiting: [...steps.filter((step) => !isPast(step)), ...goOn, atOnce],
    passedOver: steps.filter(isPast),
  };
}

function asArmedSteps(
  rating: Rating,
  steps: readonly { readonly at: Temporal.Instant; readonly tell: readonly Addressee[] }[],
): readonly ArmedStep<Addressee>[] {
  return steps.map(({ at, tell }, position) => ({
    position,
    repetition: position === steps.length - 1 ? 1 : 0,
    at,
    onlyIfUnclaimed: false,
    tell,
    ladder: USUAL_LADDERS[rating],
  }));
}
