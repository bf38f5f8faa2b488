import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { Refused } from '#platform';
import { confirmAsSuggested, lockReferral, releaseReferral, type ConfirmRatingCommand } from '#referrals';
import { Database, followingForm, once, type Transaction } from '#store';
import { takeOnce, type TakenReferral } from '../queue/take-next.ts';

/**
 * Ends the screening of a referral by one press: the rating is confirmed as the rules suggest it, unless a person has
 * rated it before, the referral is back on the queue, where a person who may decide takes it, and the screener has the next one. All of it is stored, or none.
 */
@Injectable()
export class SendToSocialWorkers {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * Pressed twice it sends one referral and takes one.
   *
   * @returns the next referral; null when nothing is waiting for this person
   * @throws Refused `not-found`, `changed-meanwhile`, `already-decided`, `not-held-by-you`, or `form-sent-before`
   */
  async execute(command: ConfirmRatingCommand): Promise<TakenReferral | null> {
    const { reference, formId, by } = command;
    const form = { id: formId, kind: 'send-to-social-workers', answers: { reference } };
    return this.database.as(by).transaction(async (tx) => {
      await once(tx, form, () => this.send(tx, command));
      return takeOnce(tx, this.policies, by, followingForm(formId));
    });
  }

  private async send(tx: Transaction, { reference, version, by }: ConfirmRatingCommand) {
    const referral = await lockReferral(tx, reference, version);
    const { id, claimedBy, status } = referral;
    if (status !== 'awaiting_decision') throw new Refused('already-decided');
    if (claimedBy !== by.id) throw new Refused('not-held-by-you');
    if (referral.firstRatedAt === null) await confirmAsSuggested(tx, this.policies, referral, by);
    await releaseReferral(tx, id);
    await tx.insert(auditEntry(tx, 'referral.given-back', id, { from: claimedBy }));
    return {};
  }
}
