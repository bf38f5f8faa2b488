import { ROUTES_LISTED, type ListedRoute, type ListOfRoutes, type RoutesFilter } from '#routes';
import type { NamedReferral } from '#work';
import { FormFields } from '../../shell/forms/form-fields.ts';
import { namedInWords, RESTRICTED } from '../../shell/referral/named.presenter.ts';
import { clockOf, goesToInWords } from '../../shell/referral/where-it-went.presenter.ts';
import { capital, dayAndTime, monthInWords, ratingTag } from '../../shell/words/words.ts';

/** The parts of the list, in the order of what the hub has to do. */
const PARTS = [
  { state: 'awaiting', text: 'Waiting for an answer' },
  { state: 'returned', text: 'Returned' },
  { state: 'no_recipient', text: 'No team chosen' },
  { state: 'all', text: 'All' },
] as const;

/** What the list is asked for; what no page asks for is read as the first part, of all teams. */
export function readFilter({ view, team }: Readonly<Record<string, unknown>>): RoutesFilter {
  const state = PARTS.find((part) => part.state === view)?.state ?? 'awaiting';
  return { state, team: typeof team === 'string' && /^[a-z][a-z0-9_]{0,39}$/.test(team) ? team : '' };
}

export function presentRoutes(
  { routes, counts, localities, volume, now }: ListOfRoutes,
  { state, team }: RoutesFilter,
  named: ReadonlyMap<string, NamedReferral>,
  zone: string,
) {
  const words = { when: (instant: Temporal.Instant) => dayAndTime(instant, now, zone), now, zone };
  const countOf = (part: (typeof PARTS)[number]['state']) =>
    part === 'all' ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[part];
  const nameOf = (code: string) => localities.teams.find((one) => one.code === code)?.name ?? code;
  return {
    parts: {
      label: 'Parts of the list',
      items: PARTS.map((part) => ({
        text: `${part.text} (${countOf(part.state)})`,
        href: `/routes?${new URLSearchParams({ view: part.state, ...(team === '' ? {} : { team }) }).toString()}`,
        active: part.state === state,
      })),
    },
    state,
    teams: new FormFields({ team }, null).select('team', { label: 'Team' }, [
      { value: '', text: 'All teams' },
      ...localities.teams.map(({ code, name }) => ({ value: code, text: name })),
    ]),
    routes: routes.map((route) => ({
      reference: route.reference,
      named: namedInWords(named.get(route.reference), now, zone),
      tag: ratingTag(route.rating),
      to: route.isHidden ? RESTRICTED : goesToInWords(route),
      sent: `${words.when(route.sentAt)}, ${route.sentBy}`,
      clock: route.state === 'awaiting' || route.state === 'no_recipient' ? clockOf(route, words) : null,
      stands: standsInWords(route, words.when),
    })),
    isCut: routes.length === ROUTES_LISTED,
    volume: volume.map((one) => ({ month: monthInWords(one.month), team: nameOf(one.team), sent: one.sent })),
  };
}

function standsInWords(route: ListedRoute, when: (instant: Temporal.Instant) => string): string {
  const { state, answeredBy, answeredAt, answerReason } = route;
  if (route.isHidden) return answeredAt === null ? '' : `${capital(state)}, ${when(answeredAt)}`;
  if (state === 'accepted') return `Accepted by ${answeredBy!}, ${when(answeredAt!)}`;
  if (state === 'returned') return `Returned by ${answeredBy!}, ${when(answeredAt!)}: ${answerReason!}`;
  return '';
}
