import type { ReadAlerts } from '#alerts';
import type { ReadHandovers } from '#rota';
import type { GlanceAtQueue, QueueLine } from '#work';
import type { SummaryListArgs, SummaryListRow } from '../../shell/govuk/args.ts';
import { alertsForYouInWords, countInWords } from '../../shell/words/count-in-words.ts';
import { inside } from '../../shell/words/words.ts';
import { presentLine } from '../queue/queue-line.presenter.ts';

type Glance = Awaited<ReturnType<GlanceAtQueue['execute']>>;
type WaitingAlerts = Awaited<ReturnType<ReadAlerts['execute']>>['waiting'];
type Handovers = Awaited<ReturnType<ReadHandovers['execute']>>['handovers'];

/** How many of a list are on the page. All of them are on the queue. */
const SHOWN = 10;

/** Some referrals, and where all of them are. */
interface List {
  readonly title: string;
  readonly rows: readonly ReturnType<typeof presentLine>[];
  readonly all: { readonly text: string; readonly href: string } | null;
}

/** What a person begins with: what waits for them, what they wait for, and what no person has answered for. */
export function presentHome(
  glance: Glance,
  alerts: WaitingAlerts,
  handovers: Handovers,
  isManager: boolean,
  zone: string,
) {
  const { held, oldest, signOff, overdue, counts, now } = glance;
  const list = (title: string, lines: readonly QueueLine[], href: string, inAll = lines.length): List => ({
    title,
    rows: lines.slice(0, SHOWN).map((line) => presentLine(line, now, zone)),
    all: inAll > SHOWN ? { text: `All ${inAll}`, href } : null,
  });
  const [waits, toDo] = [held.filter(isDecided), held.filter((line) => !isDecided(line))];
  return {
    liveOn: 'queue',
    since: now.epochMilliseconds,
    isManager,
    toDo: [
      list('Decisions for you to sign off or return', signOff, '/queue?view=sign-off', counts['sign-off']),
      list('Overdue', overdue, '/queue?view=waiting&due=overdue&sort=due'),
      list('With you', toDo, '/queue?view=mine', counts.mine),
    ].filter(({ rows }) => rows.length > 0),
    others: list('Waiting for sign-off by a manager', waits, '/queue?view=mine'),
    hasNone: toDo.length === 0,
    handovers: handovers.filter(({ isOpen }) => isOpen).length,
    alerts: alerts.forYou === 0 ? null : alertsForYouInWords(alerts.forYou),
    hubNow: summaryOfHub(counts, alerts.inHub),
    oldest: oldest && list('Oldest referral not allocated', [oldest], '/queue?view=unclaimed&sort=oldest'),
  };
}

/** A referral that is decided waits for a manager: the person who holds it has nothing to do. */
function isDecided({ status }: QueueLine): boolean {
  return status === 'awaiting_sign_off';
}

/** How many of each there are now, each with a link to them. */
function summaryOfHub(counts: Glance['counts'], alerts: number): SummaryListArgs {
  const row = (what: string, count: number | string, href: string): SummaryListRow => ({
    key: { text: what },
    value: {
      html: `<a class="govuk-link" href="${href}">${count}<span class="govuk-visually-hidden"> ${inside(what)}</span></a>`,
    },
  });
  return {
    rows: [
      row('Waiting for a decision', counts.waiting, '/queue'),
      row('Not allocated', counts.unclaimed, '/queue?view=unclaimed'),
      row('Waiting for sign-off', counts['sign-off'], '/queue?view=sign-off'),
      row('Alerts in the hub not acknowledged', countInWords(alerts), '/alerts'),
    ],
  };
}
