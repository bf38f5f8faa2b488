import { Injectable } from '@nestjs/common';
import { forgetJobs } from '#jobs';
import { forgetOldDeliveries } from '#messages';
import { forgetLooking } from '#referrals';
import { Database, forgetSentForms, SERVICE, type Transaction } from '#store';

/** So many at a time, so that no transaction takes long. */
const AT_ONCE = 1_000;

/** Deletes so many rows at most of those from before an instant. @returns how many it deleted */
type Forget = (tx: Transaction, before: Temporal.Instant, atMost: number) => Promise<number>;

/** What has no purpose after a while, and for how long it is kept (`docs/go-live/retention-schedule.md`, class R4). */
const KEPT: readonly { readonly hours: number; readonly forget: Forget }[] = [
  { hours: 30 * 24, forget: forgetSentForms },
  { hours: 90 * 24, forget: forgetJobs },
  { hours: 2 * 365.25 * 24, forget: forgetOldDeliveries },
  { hours: 24, forget: forgetLooking },
];

/** Deletes rows by which the service worked, and that no page and no figure needs any more. Safe to repeat. */
@Injectable()
export class DeleteTechnicalRows {
  constructor(private readonly database: Database) {}

  /** @returns how many it deleted */
  async execute(): Promise<number> {
    let all = 0;
    for (const one of KEPT) all += await this.untilNone(one);
    return all;
  }

  private async untilNone({ hours, forget }: (typeof KEPT)[number]): Promise<number> {
    let all = 0;
    for (let some = AT_ONCE; some === AT_ONCE; all += some) {
      some = await this.database.as(SERVICE).transaction((tx) => forget(tx, tx.now.subtract({ hours }), AT_ONCE));
    }
    return all;
  }
}
