import { Controller, Get } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadAlerts } from '#alerts';
import { HubTime } from '#deadlines';
import { GlanceAtQueue, type QueueLine, type QueueView } from '#work';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import type { SummaryListArgs, SummaryListRow } from '../../shell/govuk/args.ts';
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
      hubNow: summaryOfHub(counts, alerts.filter(({ isUnacknowledged }) => isUnacknowledged).length),
      held: held.slice(0, HELD_SHOWN).map((line) => this.present(line, now)),
      heldInAll: counts.mine,
      oldest: oldest && { ...this.present(oldest, now), received: dayAndTime(oldest.receivedAt, now, this.time.zone) },
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

/** How many of each there are now, each with a link to them. */
function summaryOfHub(counts: Readonly<Partial<Record<QueueView, number>>>, unanswered: number): SummaryListArgs {
  const row = (what: string, count: number, href: string): SummaryListRow => ({
    key: { text: what },
    value: {
      html: `<a class="govuk-link" href="${href}">${count}<span class="govuk-visually-hidden"> ${lower(what)}</span></a>`,
    },
  });
  return {
    rows: [
      row('Waiting for a decision', counts.waiting ?? 0, '/queue'),
      row('Held by nobody', counts.unclaimed ?? 0, '/queue?view=unclaimed'),
      row('Waiting for sign-off', counts['sign-off'] ?? 0, '/queue?view=sign-off'),
      row('Alerts that nobody has acknowledged', unanswered, '/alerts'),
    ],
  };
}

function lower(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}
