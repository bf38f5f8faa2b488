import { Controller, Get } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { ReadAlerts } from '#alerts';
import { HubTime } from '#deadlines';
import { ReadHandovers } from '#rota';
import { Drafts, GlanceAtQueue } from '#work';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { homeOf } from '../../shell/navigation/menu.ts';
import { presentHome } from './home.presenter.ts';

@Controller()
export class HomeController {
  constructor(
    private readonly glance: GlanceAtQueue,
    private readonly readAlerts: ReadAlerts,
    private readonly readHandovers: ReadHandovers,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  /** Leads to what the person begins with. */
  @Get()
  @Needs('console:use')
  home(@SignedIn() by: StaffActor): Answer {
    return redirect(homeOf(by));
  }

  @Get('your-work')
  @Needs('queue:read')
  async yourWork(@SignedIn() by: StaffActor): Promise<Answer> {
    const { zone } = this.time;
    const glance = await this.glance.execute({ by, timeZone: zone });
    const { waiting } = await this.readAlerts.execute({ by });
    const { handovers } = await this.readHandovers.execute({ by });
    const calls = (await this.drafts.all('referral', by)).length;
    const isManager = may(by, 'decision:sign-off');
    return view('pages/home/home.njk', {
      ...presentHome(glance, waiting, handovers, isManager, zone),
      calls,
    });
  }
}
