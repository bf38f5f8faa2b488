import { randomUUIDv7 } from 'node:crypto';
import {
  armSteps,
  passedOver,
  reopenedSteps,
  urgency,
  type Addressee,
  type ArmedStep,
  type DueTimes,
  type Rating,
} from '#domain';
import { Deadline, DeadlineStep, rowsOf, type NewRow, type RowsOf } from '#store';
import type { PolicyInForce } from './policies.ts';

/**
 * The deadlines of a referral under a rating, with the instant of every step, to be inserted in the transaction that
 * receives or re-rates the referral. Steps that are already past are passed over but for the most senior, which fires
 * at once.
 *
 * @param at the instant of arming
 * @param referral.generation 1 at receipt, one more at each re-rating and each new version
 * @param referral.armClaim whether no person has claimed the referral yet
 */
export function deadlineRows(
  at: { readonly now: Temporal.Instant },
  inForce: PolicyInForce,
  referral: ArmedReferral & { readonly armClaim: boolean },
): readonly RowsOf[] {
  const { rating, receivedAt, due } = referral;
  const decision = deadlineOf(at, inForce, referral, 'decision', due.decisionDueAt);
  const claim =
    referral.armClaim && due.claimDueAt !== null ? [deadlineOf(at, inForce, referral, 'claim', due.claimDueAt)] : [];
  const steps = armSteps(inForce.policy, inForce.calendar, rating, { receivedAt, dueAt: due.decisionDueAt });
  const skipped = passedOver(steps, at.now, !referral.armClaim);
  return [
    rowsOf(Deadline, decision, ...claim),
    rowsOf(
      DeadlineStep,
      ...steps.map((step) => stepRow(decision.id, rating, step, skipped.includes(step) ? 'passed_over' : 'waiting')),
    ),
  ];
}

/**
 * The decision deadline of a referral that was decided and is open again, because a sample found that the decision may
 * leave a child unsafe. Its people are told at once.
 */
export function reopenedDeadlineRows(
  at: { readonly now: Temporal.Instant },
  inForce: PolicyInForce,
  referral: ArmedReferral,
): readonly RowsOf[] {
  const { rating, receivedAt, due } = referral;
  const deadline = deadlineOf(at, inForce, referral, 'decision', due.decisionDueAt);
  const times = { receivedAt, dueAt: due.decisionDueAt };
  const { waiting, passedOver: past } = reopenedSteps(inForce.policy, inForce.calendar, rating, times, at.now);
  return [
    rowsOf(Deadline, deadline),
    rowsOf(
      DeadlineStep,
      ...past.map((step) => stepRow(deadline.id, rating, step, 'passed_over')),
      ...waiting.map((step) => stepRow(deadline.id, rating, step, 'waiting')),
    ),
  ];
}

/** A referral as its deadlines are armed. */
interface ArmedReferral {
  readonly id: string;
  readonly rating: Rating;
  readonly receivedAt: Temporal.Instant;
  readonly due: DueTimes;
  readonly generation: number;
}

function deadlineOf(
  at: { readonly now: Temporal.Instant },
  { policyVersion, calendarVersion }: PolicyInForce,
  { id: referralId, rating, generation }: ArmedReferral,
  kind: Deadline['kind'],
  dueAt: Temporal.Instant,
): NewRow<Deadline> {
  return {
    id: randomUUIDv7(),
    referralId,
    kind,
    generation,
    rating,
    urgency: urgency(rating),
    dueAt,
    state: 'open',
    armedAt: at.now,
    policyVersion,
    calendarVersion,
  };
}

/** A step of a deadline as it is armed. */
export function stepRow(
  deadlineId: string,
  rating: Rating,
  { position, repetition, at, onlyIfUnclaimed, tell, ladder }: ArmedStep<Addressee>,
  state: 'waiting' | 'passed_over',
): NewRow<DeadlineStep> {
  return {
    id: randomUUIDv7(),
    deadlineId,
    ...{ position, repetition, at, onlyIfUnclaimed, tell, ladder },
    urgency: urgency(rating),
    fireAt: at,
    state,
  };
}

/** The next repeat of steps that have fired, one a deadline, to be inserted in the transaction that fires them. */
export function repeatRows(deadlineIds: readonly string[], rating: Rating, next: ArmedStep<Addressee>): RowsOf {
  return rowsOf(DeadlineStep, ...deadlineIds.map((id) => stepRow(id, rating, next, 'waiting')));
}
