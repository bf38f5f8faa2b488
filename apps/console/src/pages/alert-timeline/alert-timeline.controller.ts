import { Needs, type StaffActor } from '#access';
import { ReadAlertTimeline } from '#alerts';
import { HubTime } from '#deadlines';
import { Controller, Get, Param } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { tabsOf } from '../referral/referral-tabs.ts';
import { presentTimeline } from './alert-timeline.presenter.ts';

@Controller('referrals/:reference/alerts')
export class AlertTimelineController {
  constructor(
    private readonly read: ReadAlertTimeline,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:read')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const timeline = await this.read.execute({ reference, by });
    return view('pages/alert-timeline/alert-timeline.njk', {
      ...presentTimeline(timeline, by.name, this.time.zone),
      tabs: tabsOf(timeline.reference, 'alerts'),
    });
  }
}
