import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Policies } from '#deadlines';
import { Refused } from '#platform';
import { Database, once, type Transaction } from '#store';
import { lockReferral, type LockedReferral } from './lock-referral.ts';
import { matchedRules, reasonByRules } from './matched-rules.ts';
import { rate } from './rate-referral.ts';

export interface ConfirmRatingCommand {
  readonly reference: string;
  /** The version that the person had on the page, and with it the rating. */
  readonly version: number;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Confirms the rating that the rules suggest, by one press: the rules that matched are the reason. */
@Injectable()
export class ConfirmRating {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, `already-decided`, `form-sent-before`, or `changed-meanwhile`, also when a person has rated it */
  async execute({ formId, by, reference, version }: ConfirmRatingCommand): Promise<void> {
    const form = { id: formId, kind: 'confirm-rating', answers: { reference } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const referral = await lockReferral(tx, reference, version);
        await confirmAsSuggested(tx, this.policies, referral, by);
        return {};
      }),
    );
  }
}

/**
 * Confirms the rating of a locked referral as the rules suggest it, in the transaction of the act.
 *
 * @throws Refused `already-decided`, or `changed-meanwhile` when a person has rated it, maybe for another reason
 */
export async function confirmAsSuggested(
  tx: Transaction,
  policies: Policies,
  { id, reference, version, rating, firstRatedAt }: LockedReferral,
  by: StaffActor,
): Promise<void> {
  if (firstRatedAt !== null) throw new Refused('changed-meanwhile');
  const reason = reasonByRules(await matchedRules(tx, id));
  await rate(tx, policies, { reference, version, rating, reason, ratingsSeen: 1, by });
}
