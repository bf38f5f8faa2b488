import { Controller, Get, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadMonths } from '#oversight';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { asOfIn } from '../../shell/oversight/as-of.ts';
import { figuresOf } from '../../shell/oversight/month-charts.ts';
import { CHARTS, presentAgencies } from './agencies.presenter.ts';

@Controller('oversight/agencies')
export class AgenciesController {
  constructor(
    private readonly readMonths: ReadMonths,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('oversight:read')
  async show(@Query() asked: Record<string, unknown>, @SignedIn() by: StaffActor): Promise<Answer> {
    const months = await this.readMonths.execute('agencies', figuresOf(CHARTS), asOfIn(asked, this.time.zone), by);
    return view('pages/oversight-agencies/agencies.njk', presentAgencies(months));
  }
}
