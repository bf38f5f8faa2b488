import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { deadlineRows, endDeadlines, Policies, rearmRequests, rearmThirdContact } from '#deadlines';
import { dueTimesAfterRerating, isMoreUrgent, needsAnotherManager, type Rating } from '#domain';
import { Refused } from '#platform';
import { Database, once, RecordedRating, rowsOf, type Transaction } from '#store';
import { lockReferral, type LockedReferral } from './lock-referral.ts';
import { ratingsOf } from './ratings-of.ts';
import { changeRating, confirmRating, keepHold } from './referral-state.ts';

export interface RateReferralCommand {
  readonly reference: string;
  readonly rating: Rating;
  readonly reason: string;
  /** The version that the person had on the page. */
  readonly version: number;
  /** How many ratings the referral had on that page, the suggestion with them: a rating is given on top of those. */
  readonly ratingsSeen: number;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Confirms or changes a rating. A change re-arms the deadlines; a breach that happened stays on record. */
@Injectable()
export class RateReferral {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @throws Refused `not-found`, `changed-meanwhile`, `already-decided`, `lowering-needs-a-manager`,
   * `lowering-needs-another-manager`, or `form-sent-before`
   */
  async execute({ formId, ...command }: RateReferralCommand): Promise<void> {
    const { reference, rating, reason, by } = command;
    const form = { id: formId, kind: 'rating', answers: { reference, rating, reason } };
    await this.database.as(by).transaction((tx) => once(tx, form, () => rate(tx, this.policies, command)));
  }
}

/** Confirms or changes a rating, in the transaction of the act. @throws Refused as {@link RateReferral} */
export async function rate(tx: Transaction, policies: Policies, command: Omit<RateReferralCommand, 'formId'>) {
  const { reference, rating, reason, version, ratingsSeen, by } = command;
  const referral = await lockReferral(tx, reference, version);
  const { id, rating: previous, status } = referral;
  if (status !== 'awaiting_decision') throw new Refused('already-decided');
  if (isMoreUrgent(previous, rating) && !may(by, 'rating:lower')) throw new Refused('lowering-needs-a-manager');
  const ratings = await ratingsOf(tx, id);
  // A colleague has confirmed it, which leaves the version as it is, and may have said why.
  if (ratings.length !== ratingsSeen) throw new Refused('changed-meanwhile');
  if (needsAnotherManager(ratings, rating, by.id)) {
    throw new Refused('lowering-needs-another-manager');
  }
  await tx.insert(
    rowsOf(RecordedRating, {
      id: randomUUIDv7(),
      referralId: id,
      rating,
      previous,
      givenBy: by.id,
      reason,
      at: tx.now,
    }),
    auditEntry(tx, 'referral.rated', id, { from: previous, to: rating }),
  );
  await keepHold(tx, id, by.id);
  if (rating === previous) await confirmRating(tx, referral);
  else await change(tx, policies, referral, rating);
  return { rating };
}

async function change(tx: Transaction, policies: Policies, referral: LockedReferral, rating: Rating): Promise<void> {
  const { id, receivedAt, decisionDueAt, claimedBy } = referral;
  const inForce = await policies.inForce(tx);
  const due = dueTimesAfterRerating(
    inForce.policy,
    inForce.calendar,
    { from: referral.rating, to: rating, decisionDueAt },
    receivedAt,
  );
  const ended = await endDeadlines(tx, id, 'superseded');
  const generation = Math.max(...ended.map((deadline) => deadline.generation)) + 1;
  const armClaim = claimedBy === null;
  await tx.insert(...deadlineRows(tx, inForce, { id, rating, receivedAt, due, generation, armClaim }));
  await rearmRequests(tx, id, rating, inForce);
  await rearmThirdContact(tx, referral, rating, inForce);
  await changeRating(tx, referral, rating, due);
}
