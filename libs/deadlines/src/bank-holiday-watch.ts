import type { Policies } from './policies.ts';
import { BANK_HOLIDAY_HORIZON_DAYS, bankHolidayHorizon, localDate } from '#domain';
import type { Logger } from '#platform';
import type { Database } from '#store';

const A_DAY_MS = 24 * 3_600_000;

/** Warns an operator, at the start and each day, when the list of bank holidays runs out soon. */
export class BankHolidayWatch {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look().catch(() => undefined), A_DAY_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const { calendar } = await this.policies.inForce();
    const { days, isShort } = bankHolidayHorizon(localDate(calendar, await this.database.now()));
    if (!isShort) return;
    this.log.warn(
      { days, wanted: BANK_HOLIDAY_HORIZON_DAYS },
      'the bank holiday list runs out: add the years that GOV.UK has published',
    );
  }
}
