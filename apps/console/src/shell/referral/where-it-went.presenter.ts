import { may, type StaffActor } from '#access';
import { instantInWords, isRouteOpen, ruleOfRoute, type TeamOfFamily } from '#domain';
import type { RouteLine, RoutesOfReferral } from '#routes';
import { summaryList } from '../govuk/summary-list.ts';
import { ROUTE_WORDS } from '../words/route-words.ts';
import { capital, clockInWords, dayAndTime } from '../words/words.ts';

/** When a page is read, and where. */
export interface ReadAt {
  readonly now: Temporal.Instant;
  readonly zone: string;
}

/** Whom a route goes to, by name where it has one. */
export function goesToInWords({
  kind,
  teamName,
  recipient,
}: Pick<RouteLine, 'kind' | 'teamName' | 'recipient'>): string {
  const name = teamName ?? recipient;
  if (name !== null) return name;
  const words = ROUTE_WORDS[kind]!;
  const { goesTo } = ruleOfRoute(kind);
  if (goesTo === 'team') return 'No team is chosen yet';
  return goesTo === 'named' ? `${capital(words)}, not named yet` : capital(words);
}

/**
 * Where a referral was sent, on its pages and its sheet; null where it was sent nowhere.
 *
 * @param isPaper it is read when `today` is another day: it has whole dates, and nothing to press
 */
export function presentWhereItWent(
  reference: string,
  found: RoutesOfReferral | null,
  by: StaffActor,
  at: ReadAt,
  isPaper = false,
) {
  const current = found?.routes[0];
  if (found === null || current === undefined) return null;
  const { state, dueAt, kind } = current;
  const when = (instant: Temporal.Instant) =>
    isPaper ? instantInWords(instant, at.zone) : dayAndTime(instant, at.now, at.zone);
  const isDue = state === 'awaiting' || state === 'no_recipient';
  const due = isDue && isPaper ? [{ key: `${waitsFor(kind)} due`, value: when(dueAt) }] : [];
  const mayAnswer = !isPaper && isRouteOpen(state) && may(by, 'route:answer');
  const isAtEdge = !isPaper && kind === 'edge_of_care' && state !== 'ended' && may(by, 'route:read');
  return {
    heading: 'Where it went',
    list: summaryList([...factsOf(current, when), ...due]),
    clock: isDue && !isPaper ? clockOf(current, at) : null,
    isReturned: state === 'returned',
    act: mayAnswer ? { href: `/referrals/${reference}/route`, text: actInWords(current) } : null,
    edgeOfCare: isAtEdge ? `/referrals/${reference}/edge-of-care` : null,
    agreement: agreementInWords(found, current),
    before: found.routes.slice(1).map((one) => summaryList(factsOf(one, when))),
  };
}

function actInWords({ state, kind }: RouteLine): string {
  if (state === 'returned') return 'Send it on or decide again';
  if (state === 'awaiting') return 'Record their answer';
  return kind === 'locality' ? 'Choose the team' : 'Say whom it goes to';
}

/** The clock of what a route waits for. */
export function clockOf({ dueAt, kind }: RouteLine, { now, zone }: ReadAt) {
  return { what: waitsFor(kind), ...clockInWords(dueAt, now, zone) };
}

function waitsFor(kind: RouteLine['kind']): string {
  return ruleOfRoute(kind).awaits === 'answer' ? 'Answer' : 'First response';
}

/** What is known of a route, a row each. */
export function factsOf(route: RouteLine, when: (instant: Temporal.Instant) => string) {
  const { sentBy, sentAt, chosenBy, kind, reason, answer, answeredBy, answeredAt, answerReason, recordedBy } = route;
  return [
    { key: 'Goes to', value: goesToInWords(route) },
    { key: 'Sent', value: `${when(sentAt)}, by ${sentBy}` },
    ...(kind !== 'locality' || chosenBy === null
      ? []
      : [{ key: 'Chosen', value: chosenBy === 'address' ? 'By the family’s address' : 'By a person' }]),
    ...(reason === null ? [] : [{ key: 'Why', value: reason }]),
    ...(answer === null
      ? []
      : [
          {
            key: answer === 'accepted' ? 'Accepted' : 'Returned',
            value: `by ${answeredBy!}, ${when(answeredAt!)} (recorded by ${recordedBy!})`,
          },
        ]),
    ...(answerReason === null ? [] : [{ key: 'Why it came back', value: answerReason }]),
    ...(route.endReason === null
      ? []
      : [{ key: 'Ended', value: `${when(route.endedAt!)}: ${END_WORDS[route.endReason]}` }]),
  ];
}

const END_WORDS = { undone: 'taken back', sent_on: 'sent on to others', decided_again: 'to be decided again' } as const;

/** Help below level 4 needs the family's agreement: what is said where the referral does not have it. */
function agreementInWords({ agreement }: RoutesOfReferral, { kind }: RouteLine): string | null {
  if (kind !== 'locality') return null;
  if (agreement === 'refused')
    return 'The referral says that the family refuses. The team asks for its agreement first.';
  return agreement === 'not_sought'
    ? 'The family has not been asked yet. The team asks for its agreement first.'
    : null;
}

/** By whose address a team was found, or why none was. @param names of the children, and of the adults */
export function addressInWords(
  { home, ...found }: TeamOfFamily,
  names: { readonly children: readonly string[]; readonly adults: readonly string[] },
): string {
  if (home === null) return 'No address is known that gives a team.';
  const whose = (home.whose === 'child' ? names.children : names.adults)[home.position] ?? 'a person';
  const where = home.postcode === null ? 'the town' : `the postcode ${home.postcode}`;
  const gives =
    found.team === null
      ? found.because === 'split'
        ? 'belongs to more than one team'
        : 'is in no team’s list'
      : `gives the ${found.team.name}`;
  const others = home.elsewhere.map((position) => names.children[position] ?? 'another child');
  const apart = others.length === 0 ? '' : ` ${others.join(', ')} ${others.length === 1 ? 'lives' : 'live'} elsewhere.`;
  return `By the address of ${whose}: ${where} ${gives}.${apart}`;
}
