import { Controller, Get, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { ReadWorkload } from '#triage';
import type { Response } from 'express';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

@Controller('workload')
export class WorkloadController {
  constructor(
    private readonly readWorkload: ReadWorkload,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('workload:read')
  async show(@Req() { actor }: StaffRequest, @Res() response: Response): Promise<void> {
    const { people, putDown, now } = await this.readWorkload.execute(actor);
    const when = (instant: Temporal.Instant) => dayAndTime(instant, now, this.time.zone);
    response.render('pages/workload/workload.njk', {
      people: people.map((one) => ({
        ...one,
        held: one.red + one.amber + one.green,
        since: one.since === null ? '' : when(one.since),
        href: `/queue?view=waiting&holder=${one.id}`,
      })),
      putDown: putDown.map((one) => ({
        ...one,
        how: codeInWords(one.how),
        tag: ratingTag(one.rating),
        at: when(one.at),
        now: one.isDecided ? 'Decided' : (one.holder ?? 'Nobody'),
      })),
    });
  }
}
