import { BadRequestException, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { Needs, OpenToAll } from '#access';
import { ReadQueue, SavedFilters, TakeNext } from '#triage';
import type { Response } from 'express';
import { readQueueQuery } from './queue-query.ts';
import { presentQueue } from './queue.presenter.ts';
import { HubTime } from '../../layout/hub-time.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';

@Controller()
export class QueueController {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly savedFilters: SavedFilters,
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
  async queue(
    @Query() asked: Record<string, unknown>,
    @Req() { actor: by }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const query = readQueueQuery(asked);
    if (query === null) throw new BadRequestException();
    const { zone } = this.time;
    const queue = await this.readQueue.execute({ ...query, timeZone: zone, by });
    const saved = await this.savedFilters.read(by);
    response.render('pages/queue.njk', presentQueue(query, queue, saved, { by, zone }));
  }

  @Post('queue/next')
  @Needs('referral:claim')
  async next(@Req() { actor, session }: StaffRequest, @Res() response: Response): Promise<void> {
    const reference = await this.takeNext.execute(actor);
    if (reference === null) session.notice = 'Nothing is waiting to be taken, but for what you skipped.';
    response.redirect(303, reference === null ? '/queue' : `/referrals/${reference}`);
  }
}
