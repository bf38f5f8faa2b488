import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { AcknowledgeAlerts, ReadAlerts, serviceAlertWords } from '#alerts';
import type { Response } from 'express';
import { ReferencePipe } from '../../shell/pipes/reference.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { clockInWords, codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

@Controller()
export class AlertsController {
  constructor(
    private readonly readAlerts: ReadAlerts,
    private readonly acknowledge: AcknowledgeAlerts,
    private readonly time: HubTime,
  ) {}

  @Get('alerts')
  @Needs('alert:read')
  async list(@Req() { actor }: StaffRequest, @Res() response: Response): Promise<void> {
    const { alerts, service, now } = await this.readAlerts.execute({ by: actor });
    const { zone } = this.time;
    response.render('pages/alerts/alerts.njk', {
      service: service.map(({ kind, subject, lastFiredAt, told }) => ({
        ...serviceAlertWords(kind, subject),
        lastFired: dayAndTime(lastFiredAt, now, zone),
        told: told.map(codeInWords).join(', '),
      })),
      rows: alerts.map((alert) => ({
        ...alert,
        href: `/referrals/${alert.reference}`,
        ratingTag: ratingTag(alert.rating),
        what: alert.status === 'awaiting_sign_off' ? 'Sign-off' : 'Decision',
        clock: clockInWords(alert.dueAt, now, zone),
        lastFired: dayAndTime(alert.lastFiredAt, now, zone),
        told: alert.told.map(codeInWords).join(', '),
        paused:
          alert.pausedUntil !== null && Temporal.Instant.compare(now, alert.pausedUntil) < 0
            ? dayAndTime(alert.pausedUntil, now, zone)
            : null,
      })),
    });
  }

  @Post('referrals/:reference/acknowledge')
  @Needs('alert:acknowledge')
  async acknowledged(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor, session }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { until, now } = await this.acknowledge.execute({ reference, by: actor });
    session.notice = `You acknowledged the alerts of ${reference}. They are paused until ${dayAndTime(until, now, this.time.zone)}, and go on after that until it is decided.`;
    response.redirect(303, '/alerts');
  }
}
