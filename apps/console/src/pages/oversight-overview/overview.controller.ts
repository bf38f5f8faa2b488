import { Controller, Get, Query } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadOverview } from '#oversight';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { asOfIn } from '../../shell/oversight/as-of.ts';
import { presentOverview } from './overview.presenter.ts';

@Controller('oversight')
export class OverviewController {
  constructor(
    private readonly readOverview: ReadOverview,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('oversight:read')
  async show(@Query() asked: Record<string, unknown>, @SignedIn() by: StaffActor): Promise<Answer> {
    const overview = await this.readOverview.execute(asOfIn(asked, this.time.zone), by);
    return view('pages/oversight-overview/overview.njk', presentOverview(overview, may(by, 'queue:read')));
  }
}
