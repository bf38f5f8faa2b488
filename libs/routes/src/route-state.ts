import { randomUUIDv7 } from 'node:crypto';
import { endServiceDeadline, followUpRows, followUpSubject, type Policies } from '#deadlines';
import { after, armFollowUp, deadlineOfRoute, routeSpan, routeStateOf, type Rating, type RouteState } from '#domain';
import { Refused } from '#platform';
import { Route, rowsOf, sql, type Transaction } from '#store';

/*
 * Which state a route may go to next. Every statement that writes one is in this file, with its deadline.
 *
 *   (none) → no_recipient | awaiting      the decision takes effect, or the route before it is sent on
 *   awaiting → accepted | returned        the team's answer is recorded
 *   any → ended                           it is sent on, decided again, or the decision is taken back
 */

/** The referral that a route is of. */
export interface RoutedReferral {
  readonly id: string;
  readonly reference: string;
  readonly rating: Rating;
}

/** A route as an act on it finds it. */
export type LiveRoute = Pick<
  Route,
  'id' | 'decisionId' | 'kind' | 'team' | 'recipient' | 'localityVersion' | 'answer' | 'sentAt'
> & { readonly state: RouteState };

/** Whom a route goes to. */
export type Sending = Pick<
  Route,
  'decisionId' | 'kind' | 'team' | 'recipient' | 'localityVersion' | 'chosenBy' | 'reason'
>;

/** The route of a referral that has not ended; null when there is none. The referral is locked. */
export async function liveRoute(tx: Transaction, referralId: string): Promise<LiveRoute | null> {
  const found = await tx.row<Omit<LiveRoute, 'state'>>(sql`
    SELECT id, decision_id AS "decisionId", kind, team, recipient, locality_version AS "localityVersion", answer,
      sent_at AS "sentAt"
    FROM route WHERE referral_id = ${referralId} AND ended_at IS NULL`);
  return found && { ...found, state: routeStateOf({ ...found, hasEnded: false }) };
}

/**
 * Sends a family, and arms the clock of the answer, also where no person has said yet whom it goes to.
 *
 * @returns the id of the route
 */
export async function sendRoute(
  tx: Transaction,
  policies: Policies,
  referral: RoutedReferral,
  sending: Sending,
): Promise<string> {
  if (tx.actor.kind !== 'staff') throw new TypeError('only a person sends a family to a team');
  const inForce = await policies.inForce(tx);
  const { id: referralId, reference, rating } = referral;
  const { calendar } = inForce;
  const dueAt = after(calendar, tx.now, routeSpan(inForce.policy, sending.kind, rating));
  const id = randomUUIDv7();
  const kind = deadlineOfRoute(sending.kind);
  const armed = armFollowUp(calendar, kind, { rating, startedAt: tx.now, dueAt });
  await tx.insert(
    rowsOf(Route, {
      ...{ id, referralId, ...sending, sentBy: tx.actor.id, sentAt: tx.now, dueAt },
      ...{ answer: null, answeredBy: null, answeredAt: null, answerReason: null, recordedBy: null, recordedAt: null },
      ...{ endedAt: null, endReason: null },
    }),
    ...followUpRows(tx, { kind, subject: followUpSubject(reference, id) }, armed, inForce),
  );
  return id;
}

/**
 * The answer of those whom it went to. One that returns it is told to the hub's people at once, and again until it is sent
 * on or decided again.
 *
 * @throws Refused `route-not-awaited`
 */
export async function answerRoute(
  tx: Transaction,
  policies: Policies,
  { reference, rating }: RoutedReferral,
  route: LiveRoute,
  answer: Pick<Route, 'answer' | 'answeredBy' | 'answeredAt' | 'answerReason'>,
): Promise<void> {
  if (route.state !== 'awaiting') throw new Refused('route-not-awaited');
  if (tx.actor.kind !== 'staff') throw new TypeError('only a person records an answer');
  await tx.change(Route, route.id, { ...answer, recordedBy: tx.actor.id, recordedAt: tx.now });
  await endClocks(tx, reference, route.id, 'met');
  if (answer.answer !== 'returned') return;
  const inForce = await policies.inForce(tx);
  const about = { kind: 'route_answer', subject: `${followUpSubject(reference, route.id)} ${RETURNED}` } as const;
  const at = { rating, startedAt: tx.now, dueAt: tx.now };
  await tx.insert(...followUpRows(tx, about, armFollowUp(inForce.calendar, 'route_answer', at), inForce));
}

/** @throws Refused `answered-at-another-time` for an answer before it was sent, or ahead */
export function mustBeBetween(
  answeredAt: Temporal.Instant,
  { sentAt, now }: { readonly sentAt: Temporal.Instant; readonly now: Temporal.Instant },
): void {
  // A person writes a time to the minute.
  const isBefore = Temporal.Instant.compare(answeredAt.add({ minutes: 1 }), sentAt) <= 0;
  const isAhead = Temporal.Instant.compare(answeredAt, now) > 0;
  if (isBefore || isAhead) throw new Refused('answered-at-another-time');
}

/** The route ends, and its clocks with it. */
export async function endRoute(
  tx: Transaction,
  reference: string,
  route: Pick<LiveRoute, 'id'>,
  endReason: NonNullable<Route['endReason']>,
): Promise<void> {
  await tx.change(Route, route.id, { endedAt: tx.now, endReason });
  await endClocks(tx, reference, route.id, 'superseded');
}

/** Ends the route of a referral whose decision holds no more. Does nothing when there is none. The referral is locked. */
export async function endRouteOfDecision(
  tx: Transaction,
  referral: Pick<RoutedReferral, 'id' | 'reference'>,
  endReason: 'undone' | 'decided_again',
): Promise<void> {
  const route = await liveRoute(tx, referral.id);
  if (route !== null) await endRoute(tx, referral.reference, route, endReason);
}

/** The last word of the subject of the clock that runs once a route has come back. */
const RETURNED = 'returned';

async function endClocks(tx: Transaction, reference: string, id: string, state: 'met' | 'superseded'): Promise<void> {
  const subject = followUpSubject(reference, id);
  await endServiceDeadline(tx, 'route_answer', subject, state);
  await endServiceDeadline(tx, 'first_response', subject, state);
  await endServiceDeadline(tx, 'route_answer', `${subject} ${RETURNED}`, state);
}
