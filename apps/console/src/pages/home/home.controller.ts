import { Controller, Get } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadAlerts } from '#alerts';
import { HubTime } from '#deadlines';
import { GlanceAtQueue } from '#work';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { presentHome } from './home.presenter.ts';

@Controller()
export class HomeController {
  constructor(
    private readonly glance: GlanceAtQueue,
    private readonly readAlerts: ReadAlerts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('queue:read')
  async home(@SignedIn() by: StaffActor): Promise<Answer> {
    const { zone } = this.time;
    const glance = await this.glance.execute({ by, timeZone: zone });
    const { alerts } = await this.readAlerts.execute({ by });
    return view('pages/home/home.njk', presentHome(glance, alerts, zone));
  }
}
