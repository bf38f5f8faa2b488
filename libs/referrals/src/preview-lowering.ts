import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { Policies } from '#deadlines';
import { dueTimesAfterRerating, isMoreUrgent, needsAnotherManager, parseReferralReference, type Rating } from '#domain';
import { Refused } from '#platform';
import { Database, Referral } from '#store';
import { ratingsOf } from './ratings-of.ts';

/** What lowering a rating does to the time by which the referral must be decided. */
export interface PreviewedLowering {
  readonly from: Rating;
  readonly to: Rating;
  readonly dueNow: Temporal.Instant;
  readonly dueThen: Temporal.Instant;
  readonly now: Temporal.Instant;
}

/** What lowering a rating would do. A question: it locks nothing and writes nothing. */
@Injectable()
export class PreviewLowering {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns null when the rating would not be lowered, or not by this person alone: `RateReferral` refuses then
   * @throws Refused `not-found`
   */
  async execute(asked: {
    readonly reference: string;
    readonly rating: Rating;
    readonly by: StaffActor;
  }): Promise<PreviewedLowering | null> {
    const { rating: to, by } = asked;
    const reference = parseReferralReference(asked.reference) ?? '';
    return this.database.as(by).transaction(async (tx) => {
      const referral = await tx.one(Referral, { reference }, ['id', 'receivedAt', 'rating', 'decisionDueAt']);
      if (referral === null) throw new Refused('not-found');
      const { id, receivedAt, rating: from, decisionDueAt } = referral;
      if (!isMoreUrgent(from, to) || !may(by, 'rating:lower')) return null;
      if (needsAnotherManager(await ratingsOf(tx, id), to, by.id)) return null;
      const { policy, calendar } = await this.policies.inForce(tx);
      const due = dueTimesAfterRerating(policy, calendar, { from, to, decisionDueAt }, receivedAt);
      return { from, to, dueNow: decisionDueAt, dueThen: due.decisionDueAt, now: tx.now };
    });
  }
}
