import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { ReadAlertTimeline } from '#alerts';
import type { Response } from 'express';
import { ReferencePipe } from '../../shell/pipes/reference.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
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
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ) {
    const timeline = await this.read.execute({ reference, by: actor });
    response.render('pages/alert-timeline/alert-timeline.njk', {
      ...presentTimeline(timeline, actor.name, this.time.zone),
      tabs: tabsOf(timeline.reference, 'alerts'),
    });
  }
}
