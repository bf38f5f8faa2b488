import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { timeInWords } from '#domain';
import { ReadCaseload, ReadQueue, SavedFilters, TakeNext } from '#work';
import { Controller, Get, Post, Query } from '@nestjs/common';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { nothingToTake } from '../../shell/words/nothing-to-take.ts';
import { queueUrl, readQueueQuery } from './queue-query.ts';
import { presentQueue } from './queue.presenter.ts';

@Controller('queue')
export class QueueController {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly savedFilters: SavedFilters,
    private readonly takeNext: TakeNext,
    private readonly readCaseload: ReadCaseload,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('queue:read')
  async queue(@Query() asked: Record<string, unknown>, @SignedIn() by: StaffActor): Promise<Answer> {
    const query = readQueueQuery(asked);
    // A place in a list that is none: the list has another order by now, or a person changed the address.
    if (query === null) return redirect(queueUrl(readQueueQuery({ ...asked, after: undefined })!));
    const { zone } = this.time;
    const queue = await this.readQueue.execute({ ...query, timeZone: zone, by });
    // All of the last page has gone meanwhile: what is left is before it.
    if (query.after !== null && queue.lines.length === 0) return redirect(queueUrl(query));
    const after = typeof asked['after'] === 'string' ? asked['after'] : undefined;
    const chosen = { all: asked['choose'] === 'all', chooseAll: `${queueUrl(query, after)}&choose=all` };
    const saved = await this.savedFilters.read(by);
    return view('pages/queue/queue.njk', presentQueue(query, queue, saved, { by, zone, chosen }));
  }

  @Post('next')
  @FormOn('/queue')
  @Needs('referral:claim')
  async next(@SignedIn() by: StaffActor, @FormId() formId: string): Promise<Answer> {
    const taken = await this.takeNext.execute(by, formId);
    if (taken === null) {
      return redirect('/queue', { warning: nothingToTake(await this.readCaseload.execute(by)) });
    }
    const { reference, heldSince } = taken;
    // Who may decide is led to where they do: the referral stands beside the form.
    const at = `/referrals/${reference}${may(by, 'referral:decide') ? '/decision' : ''}`;
    if (heldSince === null) return redirect(at);
    const since = timeInWords(heldSince, this.time.zone);
    return redirect(at, { notice: `You took ${reference} at ${since} and still have it.` });
  }
}
