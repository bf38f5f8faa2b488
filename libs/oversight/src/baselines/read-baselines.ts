import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { localDate } from '#domain';
import { Database } from '#store';
import { monthsUpTo } from '../months/months-shown.ts';
import { baselinesBegunBy, type BaselineLine } from './baselines.ts';

export interface BaselinesPage {
  readonly now: Temporal.Instant;
  readonly baselines: readonly BaselineLine[];
  /** The months with which a new one may begin, the latest first. */
  readonly months: readonly Temporal.PlainDate[];
}

/** The baselines that people have begun, for their page. */
@Injectable()
export class ReadBaselines {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async execute(by: StaffActor): Promise<BaselinesPage> {
    return this.database.as(by).transaction(async (tx) => {
      const { calendar } = await this.policies.inForce(tx);
      await tx.insert(auditEntry(tx, 'oversight.read', null, { page: 'baselines', asOf: tx.now.toString() }));
      return {
        now: tx.now,
        baselines: await baselinesBegunBy(tx, tx.now),
        months: monthsUpTo(localDate(calendar, tx.now)).toReversed(),
      };
    });
  }
}
