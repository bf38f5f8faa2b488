import { Controller, Get, Query } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadDiscussionTimes } from '#discussions';
import { localDate } from '#domain';
import { ReadOverview } from '#oversight';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { asOfIn } from '../../shell/oversight/as-of.ts';
import { discussionsOf } from '../../shell/oversight/months-of-discussions.ts';
import { presentOverview } from './overview.presenter.ts';

@Controller('oversight')
export class OverviewController {
  constructor(
    private readonly readOverview: ReadOverview,
    private readonly discussions: ReadDiscussionTimes,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('oversight:read')
  async show(@Query() asked: Record<string, unknown>, @SignedIn() by: StaffActor): Promise<Answer> {
    const overview = await this.readOverview.execute(asOfIn(asked, this.time.zone), by);
    const { asOf, timeZone } = overview;
    const month = localDate({ timeZone }, asOf).toPlainYearMonth();
    const period = discussionsOf(month, month, timeZone);
    const discussions = await this.discussions.execute(period, overview.isNow ? null : asOf, by, 'number');
    const shown = presentOverview(overview, discussions, may(by, 'queue:read'));
    return view('pages/oversight-overview/overview.njk', shown);
  }
}
