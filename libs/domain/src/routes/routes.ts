import type { Outcome } from '../code-lists/outcomes.ts';
import { followUpSpan, type FollowUp, type FollowUpRules } from '../policy/follow-up-rules.ts';
import type { Rating } from '../rating/rating.ts';
import type { Span } from '../working-time/span.ts';
import type { RouteKind } from './route-kinds.ts';

/** What holds for every route of a kind. */
export interface RouteRule {
  readonly kind: RouteKind;
  /** `team`: by the table of localities. `named`: a person names it. `one`: there is only one. */
  readonly goesTo: 'team' | 'named' | 'one';
  /** What is due in the span of the kind: that it is accepted or returned, or that the family has had a first response. */
  readonly awaits: 'answer' | 'first_response';
}

/** The outcomes that send a family to others. A decision of another outcome has no route. */
export const ROUTES: Readonly<Partial<Record<Outcome, RouteRule>>> = {
  early_help: { kind: 'locality', goesTo: 'team', awaits: 'answer' },
  edge_of_care: { kind: 'edge_of_care', goesTo: 'one', awaits: 'first_response' },
  to_allocated_worker: { kind: 'allocated_worker', goesTo: 'named', awaits: 'answer' },
  transfer_to_other_authority: { kind: 'other_authority', goesTo: 'named', awaits: 'answer' },
  refer_to_lado: { kind: 'lado', goesTo: 'one', awaits: 'answer' },
};

/** The rule of a kind. */
export function ruleOfRoute(kind: RouteKind): RouteRule {
  return Object.values(ROUTES).find((rule) => rule.kind === kind)!;
}

/** The deadline of a route: what it waits for. */
export function deadlineOfRoute(kind: RouteKind): FollowUp {
  return ruleOfRoute(kind).awaits === 'answer' ? 'route_answer' : 'first_response';
}

/** The time from sending a route to what it waits for (policy keys `followUpDue`, `routeDue`). */
export function routeSpan(rules: FollowUpRules, kind: RouteKind, rating: Rating): Span {
  return kind === 'locality' || kind === 'edge_of_care'
    ? followUpSpan(rules, deadlineOfRoute(kind), rating)
    : rules.routeDue[kind];
}

/** How a route stands, from what was recorded of it. */
export interface RouteFacts {
  readonly kind: RouteKind;
  /** The code of the team; null while none is chosen, and for a kind that goes to no team. */
  readonly team: string | null;
  /** The person or authority that a person named; null while none is. */
  readonly recipient: string | null;
  readonly answer: 'accepted' | 'returned' | null;
  readonly hasEnded: boolean;
}

/**
 * - `no_recipient`: a person has to choose the team, or to name who it goes to
 * - `awaiting`: its answer is awaited
 * - `returned`: it is back at the hub, which sends it on or decides again
 * - `ended`: it was sent on, decided again or taken back
 */
export const ROUTE_STATES = ['no_recipient', 'awaiting', 'returned', 'accepted', 'ended'] as const;
/** One code of {@link ROUTE_STATES}. */
export type RouteState = (typeof ROUTE_STATES)[number];

export function routeStateOf({ kind, team, recipient, answer, hasEnded }: RouteFacts): RouteState {
  if (hasEnded) return 'ended';
  if (answer !== null) return answer;
  const { goesTo } = ruleOfRoute(kind);
  const isKnown = goesTo === 'one' || (goesTo === 'team' ? team : recipient) !== null;
  return isKnown ? 'awaiting' : 'no_recipient';
}

/**
 * Whether a family can be sent on to others: also where a team has accepted it and hands it back later, or where that was
 * recorded by mistake. Where there is only one that it can go to, only while it is open.
 */
export function canBeSentOn({ kind, state }: { readonly kind: RouteKind; readonly state: RouteState }): boolean {
  return isRouteOpen(state) || (state === 'accepted' && ruleOfRoute(kind).goesTo !== 'one');
}

/** Whether the hub has something to do with a route before it can rest. */
export function isRouteOpen(state: RouteState): boolean {
  return state === 'no_recipient' || state === 'awaiting' || state === 'returned';
}
