import { randomUUIDv7 } from 'node:crypto';
import { armSteps, passedOver, urgency, type DueTimes, type Rating } from '#domain';
import { rowsOf, type RowsOf, Deadline, DeadlineStep } from '#store';
import type { PolicyInForce } from './policies.ts';

/**
 * The deadlines of a referral under a rating, with every step's instant, to be inserted in the transaction that
 * receives or re-rates it. Steps already in the past are passed over but for the most senior, which fires at once.
 *
 * @param generation 1 at receipt, one more at each re-rating and each new version
 * @param armClaim whether nobody has claimed it yet
 */
export function deadlineRows(
  at: { readonly now: Temporal.Instant },
  { policy, policyVersion, calendar, calendarVersion }: PolicyInForce,
  referral: {
    readonly id: string;
    readonly rating: Rating;
    readonly receivedAt: Temporal.Instant;
    readonly due: DueTimes;
    readonly generation: number;
    readonly armClaim: boolean;
  },
): readonly RowsOf[] {
  const { id: referralId, rating, receivedAt, due, generation } = referral;
  const deadline = (kind: Deadline['kind'], dueAt: Temporal.Instant): Deadline => ({
    id: randomUUIDv7(),
    referralId,
    kind,
    subject: null,
    generation,
    rating,
    urgency: urgency(rating),
    dueAt,
    state: 'open',
    endedAt: null,
    pausedUntil: null,
    armedAt: at.now,
    policyVersion,
    calendarVersion,
  });
  const decision = deadline('decision', due.decisionDueAt);
  const claim = referral.armClaim && due.claimDueAt !== null ? [deadline('claim', due.claimDueAt)] : [];
  const steps = armSteps(policy, calendar, rating, { receivedAt, dueAt: due.decisionDueAt });
  const skipped = passedOver(steps, at.now, !referral.armClaim);
  return [
    rowsOf(Deadline, decision, ...claim),
    rowsOf(
      DeadlineStep,
      ...steps.map((step) => ({
        id: randomUUIDv7(),
        deadlineId: decision.id,
        ...step,
        urgency: urgency(rating),
        fireAt: step.at,
        state: skipped.includes(step) ? ('passed_over' as const) : ('waiting' as const),
      })),
    ),
  ];
}
