import type { FollowUp } from '../policy/follow-up-rules.ts';
import { USUAL_LADDERS } from '../policy/triage-policy.ts';
import type { Rating } from '../rating/rating.ts';
import { whenOpen } from '../working-time/shift-change.ts';
import { after, type Span } from '../working-time/span.ts';
import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import type { Addressee, ArmedStep } from './escalation.ts';

/** Whom the alerts of a follow-up tell, least senior people first. */
interface Told {
  /** At the beginning; left out where no person needs to be told then. */
  readonly atOnce?: readonly Addressee[];
  readonly due: readonly Addressee[];
  /** Again and again after the due time. */
  readonly then: readonly Addressee[];
}

/**
 * Who is told of each kind (decision record 62). The people who have to act are told first, and the hub's managers when
 * they did not.
 */
const TOLD: Readonly<Record<FollowUp, Told>> = {
  information_request: { atOnce: ['agency'], due: ['agency', 'owner'], then: ['agency', 'practice_manager'] },
  late_answer: { atOnce: ['owner'], due: ['owner', 'practice_manager'], then: ['practice_manager'] },
  strategy_discussion: { due: ['owner', 'practice_manager'], then: ['practice_manager', 'service_manager'] },
  conference: { due: ['practice_manager'], then: ['practice_manager', 'service_manager'] },
  route_answer: { due: ['practice_manager'], then: ['practice_manager', 'service_manager'] },
  first_response: { due: ['practice_manager'], then: ['practice_manager', 'service_manager'] },
  feedback: { due: ['owner'], then: ['practice_manager'] },
  referral_advised: { due: ['owner'], then: ['practice_manager'] },
  third_contact: { atOnce: ['practice_manager'], due: ['practice_manager'], then: ['practice_manager'] },
  glass_broken: {
    atOnce: ['practice_manager'],
    due: ['practice_manager'],
    then: ['practice_manager', 'service_manager'],
  },
};

/** How often people are told again after the due time, by the rating of the referral. */
const REPEAT_EVERY: Readonly<Record<Rating, Span>> = {
  red: { elapsedHours: 1 },
  amber: { workingHours: 4 },
  green: { workingDays: 1 },
};

/** A deadline of a follow-up as it is armed. */
export interface ArmedFollowUp {
  readonly dueAt: Temporal.Instant;
  readonly rating: Rating;
  readonly steps: readonly ArmedStep<Addressee>[];
}

/**
 * The clock of a thing that must follow. Its alerts are as urgent as its rating: those of a red come at any hour, the
 * others wait until the front door opens, because no person can act on them before.
 *
 * @param rating of the referral; for a follow-up of a decision, how urgent it is by itself
 * @param startedAt the instant from which it is counted; it is told of at once then, where its kind says so
 * @param isToldAtOnce whether there are people who can be told at the beginning
 */
export function armFollowUp(
  calendar: WorkingCalendar,
  kind: FollowUp,
  {
    rating,
    startedAt,
    dueAt,
  }: { readonly rating: Rating; readonly startedAt: Temporal.Instant; readonly dueAt: Temporal.Instant },
  isToldAtOnce = true,
): ArmedFollowUp {
  const { atOnce, due, then } = TOLD[kind];
  const times = [
    ...(atOnce === undefined || !isToldAtOnce ? [] : [{ at: startedAt, tell: atOnce, repetition: 0 }]),
    { at: dueAt, tell: due, repetition: 0 },
    { at: after(calendar, dueAt, REPEAT_EVERY[rating]), tell: then, repetition: 1 },
  ];
  return {
    ...{ dueAt, rating },
    steps: times.map(({ at, tell, repetition }, position) => ({
      ...{ position, repetition, tell, onlyIfUnclaimed: false },
      at: rating === 'red' ? at : whenOpen(calendar, at),
      ladder: USUAL_LADDERS[rating],
    })),
  };
}

/**
 * The repeat that follows a fired step of a follow-up. Repeats that should have fired by `now` are skipped.
 *
 * @param fired the step that has fired, with its own instant
 * @param now the instant of firing
 * @returns the first repeat after `now`; null when the step does not repeat
 */
export function nextFollowUpRepeat(
  calendar: WorkingCalendar,
  rating: Rating,
  fired: ArmedStep<Addressee>,
  now: Temporal.Instant,
): ArmedStep<Addressee> | null {
  if (fired.repetition === 0) return null;
  let at = after(calendar, fired.at, REPEAT_EVERY[rating]);
  while (Temporal.Instant.compare(at, now) <= 0) at = after(calendar, at, REPEAT_EVERY[rating]);
  return { ...fired, repetition: fired.repetition + 1, at };
}
