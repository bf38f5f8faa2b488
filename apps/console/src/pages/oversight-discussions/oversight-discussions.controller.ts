import { Controller, Get, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadDiscussionTimes } from '#discussions';
import { localDate } from '#domain';
import { Database } from '#store';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { discussionsOf } from '../../shell/oversight/months-of-discussions.ts';
import { presentStanding } from './oversight-discussions.presenter.ts';

/** How promptly strategy discussions are held, and those that are not yet. */
@Controller('oversight/discussions')
export class OversightDiscussionsController {
  constructor(
    private readonly readTimes: ReadDiscussionTimes,
    private readonly database: Database,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('oversight:read')
  async show(@Query() asked: Record<string, unknown>, @SignedIn() by: StaffActor): Promise<Answer> {
    const { zone } = this.time;
    const thisMonth = localDate({ timeZone: zone }, await this.database.now()).toPlainYearMonth();
    const first = monthIn(asked['from'], thisMonth);
    const last = monthIn(asked['to'], first);
    // A period that was asked for backwards is the same period.
    const [from, to] = Temporal.PlainYearMonth.compare(first, last) <= 0 ? [first, last] : [last, first];
    const standing = await this.readTimes.execute(discussionsOf(from, to, zone), null, by);
    return view('pages/oversight-discussions/discussions.njk', presentStanding(standing, { from, to }, zone));
  }
}

/** A month of an address, `YYYY-MM`, from 2000 to 2100. @param otherwise for what is none */
function monthIn(asked: unknown, otherwise: Temporal.PlainYearMonth): Temporal.PlainYearMonth {
  const isMonth = typeof asked === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(asked);
  return isMonth ? Temporal.PlainYearMonth.from(asked) : otherwise;
}
