import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadWorkload } from '#work';
import { Controller, Get } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

@Controller('workload')
export class WorkloadController {
  constructor(
    private readonly readWorkload: ReadWorkload,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('workload:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    const { people, putDown, now } = await this.readWorkload.execute(by);
    const when = (instant: Temporal.Instant) => dayAndTime(instant, now, this.time.zone);
    return view('pages/workload/workload.njk', {
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
