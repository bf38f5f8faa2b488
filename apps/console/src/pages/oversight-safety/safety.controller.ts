import { Controller, Get, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadFamilies, ReadMonths } from '#oversight';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { asOfIn } from '../../shell/oversight/as-of.ts';
import { figuresOf } from '../../shell/oversight/month-charts.ts';
import { CHARTS, presentSafety } from './safety.presenter.ts';

@Controller('oversight/safety')
export class SafetyController {
  constructor(
    private readonly readMonths: ReadMonths,
    private readonly readFamilies: ReadFamilies,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('oversight:read')
  async show(@Query() asked: Record<string, unknown>, @SignedIn() by: StaffActor): Promise<Answer> {
    const months = await this.readMonths.execute('safety', figuresOf(CHARTS), asOfIn(asked, this.time.zone), by);
    return view('pages/oversight-safety/safety.njk', presentSafety(months, await this.readFamilies.execute(by)));
  }
}
