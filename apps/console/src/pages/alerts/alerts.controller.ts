import { Needs, type StaffActor } from '#access';
import { AcknowledgeAlerts, ReadAlerts } from '#alerts';
import { HubTime } from '#deadlines';
import { NameReferrals } from '#work';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { presentAlerts } from './alerts.presenter.ts';

@Controller()
export class AlertsController {
  constructor(
    private readonly readAlerts: ReadAlerts,
    private readonly nameReferrals: NameReferrals,
    private readonly acknowledge: AcknowledgeAlerts,
    private readonly time: HubTime,
  ) {}

  @Get('alerts')
  @Needs('alert:read')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    const open = await this.readAlerts.execute({ by });
    const named = await this.nameReferrals.execute(
      open.alerts.map(({ reference }) => reference),
      by,
    );
    return view('pages/alerts/alerts.njk', presentAlerts(open, named, this.time.zone));
  }

  @Post('referrals/:reference/acknowledge')
  @FormOn('/alerts')
  @Needs('alert:acknowledge')
  async acknowledged(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    const { until, now } = await this.acknowledge.execute({ reference, by });
    const paused = `They are paused until ${dayAndTime(until, now, this.time.zone)}`;
    return redirect('/alerts', {
      notice: `You acknowledged the alerts of ${reference}. ${paused}, and go on after that until it is decided.`,
    });
  }
}
