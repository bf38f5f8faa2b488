import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { Needs, OpenToAll } from '#access';
import { QUEUE_VIEWS, ReadQueue, TakeNext, type QueueView } from '#triage';
import type { Response } from 'express';
import { presentQueue } from './queue.presenter.ts';
import { HubTime } from '../../layout/hub-time.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';

@Controller()
export class QueueController {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly takeNext: TakeNext,
    private readonly time: HubTime,
  ) {}

  @Get()
  @OpenToAll('leads to the queue, which asks who is there')
  home(@Res() response: Response): void {
    response.redirect(303, '/queue');
  }

  @Get('queue')
  @Needs('queue:read')
  async queue(@Query('view') asked: unknown, @Req() { actor }: StaffRequest, @Res() response: Response): Promise<void> {
    const view: QueueView = QUEUE_VIEWS.find((one) => one === asked) ?? 'waiting';
    const queue = await this.readQueue.execute({ view, by: actor });
    response.render('pages/queue.njk', presentQueue(view, queue, this.time.zone));
  }

  @Post('queue/next')
  @Needs('referral:claim')
  async next(@Req() { actor, session }: StaffRequest, @Res() response: Response): Promise<void> {
    const reference = await this.takeNext.execute(actor);
    if (reference === null) session.notice = 'Nothing is waiting to be taken.';
    response.redirect(303, reference === null ? '/queue' : `/referrals/${reference}`);
  }
}
