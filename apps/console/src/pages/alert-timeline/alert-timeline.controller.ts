import { Needs, type StaffActor } from '#access';
import { ReadAlertTimeline } from '#alerts';
import { HubTime } from '#deadlines';
import { ReadReferral } from '#referrals';
import { Controller, Get, Param } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { tabsOf } from '../referral/referral-tabs.ts';
import { presentReferral } from '../referral/referral.presenter.ts';
import { presentTimeline } from './alert-timeline.presenter.ts';

@Controller('referrals/:reference/alerts')
export class AlertTimelineController {
  constructor(
    private readonly read: ReadAlertTimeline,
    private readonly readReferral: ReadReferral,
    private readonly time: HubTime,
  ) {}

  /** The page names the child, so it is a reading of the referral as well. */
  @Get()
  @Needs('referral:read')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const page = await this.readReferral.execute({ reference, by });
    const timeline = await this.read.execute({ reference, by });
    return view('pages/alert-timeline/alert-timeline.njk', {
      ...presentReferral(page, by, this.time.zone),
      ...presentTimeline(timeline, by.name, this.time.zone),
      tabs: tabsOf(timeline.reference, 'alerts'),
    });
  }
}
