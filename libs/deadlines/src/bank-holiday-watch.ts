import { Inject, Injectable } from '@nestjs/common';
import { BANK_HOLIDAY_HORIZON_DAYS, bankHolidayHorizon, localDate } from '#domain';
import { LOG, type Logger } from '#platform';
import { Database } from '#store';
import { Policies } from './policies.ts';

/** Warns an operator when the list of bank holidays runs out soon. */
@Injectable()
export class BankHolidayWatch {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async execute(): Promise<void> {
    const { calendar } = await this.policies.inForce();
    const { days, isShort } = bankHolidayHorizon(localDate(calendar, await this.database.now()));
    if (!isShort) return;
    this.log.warn(
      { days, wanted: BANK_HOLIDAY_HORIZON_DAYS },
      'the bank holiday list runs out: add the years that GOV.UK has published',
    );
  }
}
