import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { timeInWords } from '#domain';
import { ReadQueue, SavedFilters, TakeNext } from '#triage';
import type { Response } from 'express';
import { queueUrl, readQueueQuery } from './queue-query.ts';
import { presentQueue } from './queue.presenter.ts';
import { pageMadeAt } from '../../shell/forms/read-form.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';

@Controller()
export class QueueController {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly savedFilters: SavedFilters,
    private readonly takeNext: TakeNext,
    private readonly time: HubTime,
  ) {}

  @Get('queue')
  @Needs('queue:read')
  async queue(
    @Query() asked: Record<string, unknown>,
    @Req() { actor: by }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const query = readQueueQuery(asked);
    // A place in a list that is none: the list has another order by now, or somebody changed the address.
    if (query === null) return response.redirect(303, queueUrl(readQueueQuery({ ...asked, after: undefined })!));
    const { zone } = this.time;
    const queue = await this.readQueue.execute({ ...query, timeZone: zone, by });
    // All of the last page has gone meanwhile: what is left is before it.
    if (query.after !== null && queue.lines.length === 0) return response.redirect(303, queueUrl(query));
    const after = typeof asked['after'] === 'string' ? asked['after'] : undefined;
    const chosen = { all: asked['choose'] === 'all', chooseAll: `${queueUrl(query, after)}&choose=all` };
    const saved = await this.savedFilters.read(by);
    response.render('pages/queue/queue.njk', presentQueue(query, queue, saved, { by, zone, chosen }));
  }

  @Post('queue/next')
  @Needs('referral:claim')
  async next(@Req() { actor, session, body }: StaffRequest, @Res() response: Response): Promise<void> {
    const taken = await this.takeNext.execute(actor, pageMadeAt(body));
    if (taken === null) session.warning = 'Nothing is waiting for you to take.';
    else if (taken.heldSince !== null)
      session.notice = `You took ${taken.reference} at ${timeInWords(taken.heldSince, this.time.zone)} and still hold it.`;
    response.redirect(303, taken === null ? '/queue' : `/referrals/${taken.reference}`);
  }
}
