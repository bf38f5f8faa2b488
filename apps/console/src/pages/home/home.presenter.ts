import type { ReadAlerts } from '#alerts';
import type { GlanceAtQueue, QueueLine } from '#work';
import type { SummaryListArgs, SummaryListRow } from '../../shell/govuk/args.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { dayAndTime, ratingTag } from '../../shell/words/words.ts';

type Glance = Awaited<ReturnType<GlanceAtQueue['execute']>>;
type Alerts = Awaited<ReturnType<ReadAlerts['execute']>>['alerts'];

/** How many of a person's own are on the page. All of them are on the queue. */
const HELD_SHOWN = 10;

/** What a person begins with: what they hold, what waits for any person, and what no person has answered for. */
export function presentHome({ held, oldest, counts, now }: Glance, alerts: Alerts, zone: string) {
  const line = (one: QueueLine) => presentLine(one, now, zone);
  return {
    liveOn: 'queue',
    since: now.epochMilliseconds,
    held: held.slice(0, HELD_SHOWN).map(line),
    heldInAll: counts.mine,
    hubNow: summaryOfHub(counts, alerts.filter(({ isUnacknowledged }) => isUnacknowledged).length),
    oldest: oldest && { ...line(oldest), received: dayAndTime(oldest.receivedAt, now, zone) },
  };
}

function presentLine(line: QueueLine, now: Temporal.Instant, zone: string) {
  return {
    reference: line.reference,
    child: line.child || 'Name not known',
    rating: ratingTag(line.rating),
    immediateDanger: line.immediateDanger,
    isReturned: line.isReturned,
    clock: runningClocks(line, now, zone)[0],
  };
}

/** How many of each there are now, each with a link to them. */
function summaryOfHub(counts: Glance['counts'], unanswered: number): SummaryListArgs {
  const row = (what: string, count: number, href: string): SummaryListRow => ({
    key: { text: what },
    value: {
      html: `<a class="govuk-link" href="${href}">${count}<span class="govuk-visually-hidden"> ${lower(what)}</span></a>`,
    },
  });
  return {
    rows: [
      row('Waiting for a decision', counts.waiting, '/queue'),
      row('Not held', counts.unclaimed, '/queue?view=unclaimed'),
      row('Waiting for sign-off', counts['sign-off'], '/queue?view=sign-off'),
      row('Alerts not acknowledged', unanswered, '/alerts'),
    ],
  };
}

function lower(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}
