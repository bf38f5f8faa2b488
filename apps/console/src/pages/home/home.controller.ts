import { Needs, type StaffActor } from '#access';
import { ReadAlerts } from '#alerts';
import { HubTime } from '#deadlines';
import { GlanceAtQueue, type QueueLine } from '#work';
import { Controller, Get } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { dayAndTime, ratingTag } from '../../shell/words/words.ts';

/** More of one's own than these are on the queue. */
const HELD_SHOWN = 10;

/** Where somebody begins: what they hold, what waits for anybody, and what nobody has answered for. */
@Controller()
export class HomeController {
  constructor(
    private readonly glance: GlanceAtQueue,
    private readonly readAlerts: ReadAlerts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('queue:read')
  async home(@SignedIn() by: StaffActor): Promise<Answer> {
    const { held, oldest, counts, now } = await this.glance.execute({ by, timeZone: this.time.zone });
    const { alerts } = await this.readAlerts.execute({ by });
    return view('pages/home/home.njk', {
      liveOn: 'queue',
      since: now.epochMilliseconds,
      held: held.slice(0, HELD_SHOWN).map((line) => this.present(line, now)),
      counts,
      oldest: oldest && { ...this.present(oldest, now), received: dayAndTime(oldest.receivedAt, now, this.time.zone) },
      unanswered: alerts.filter(({ isUnacknowledged }) => isUnacknowledged).length,
    });
  }

  private present(line: QueueLine, now: Temporal.Instant) {
    return {
      reference: line.reference,
      child: line.child || 'Name not known',
      rating: ratingTag(line.rating),
      immediateDanger: line.immediateDanger,
      isReturned: line.isReturned,
      clock: runningClocks(line, now, this.time.zone)[0],
    };
  }
}
