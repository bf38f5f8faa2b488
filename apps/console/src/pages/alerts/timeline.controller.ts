import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { ReadAlertTimeline } from '#alerts';
import type { Response } from 'express';
import { A_REFERENCE } from '../../layout/a-reference.ts';
import { HubTime } from '../../layout/hub-time.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';
import { tabsOf } from '../referral/referral-tabs.ts';
import { presentTimeline } from './timeline.presenter.ts';

@Controller('referrals/:reference/alerts')
export class TimelineController {
  constructor(
    private readonly read: ReadAlertTimeline,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:read')
  async show(
    @Param('reference', A_REFERENCE) reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ) {
    const timeline = await this.read.execute({ reference, by: actor });
    response.render('pages/alert-timeline.njk', {
      ...presentTimeline(timeline, actor.name, this.time.zone),
      tabs: tabsOf(timeline.reference, 'alerts'),
    });
  }
}
