import type { StaffActor } from '#access';
import { followUpRows, followUpSubject } from '#deadlines';
import {
  addWorkingMinutes,
  after,
  armFollowUp,
  deadlineOfRoute,
  DEFAULT_LOCALITIES,
  localDate,
  ROUTES,
  routeSpan,
  teamOfFamily,
  type Outcome,
  type SubmittedReferral,
} from '#domain';
import type { ChosenRoute } from '#routes';
import { EdgeOfCareEvent, Route, type NewRow, type Referral } from '#store';
import { inForceAt, isBefore, type World } from './world.ts';

/** Those who take families on, by the outcome that names them. */
const RECIPIENTS: Readonly<Partial<Record<Outcome, string>>> = {
  to_allocated_worker: 'Rowan Achterberg, locality team 2',
  transfer_to_other_authority: 'Millbeck Council',
};

/** Whom the decider names with a decision; undefined where its outcome asks for no name. */
export function namedFor(outcome: Outcome): { readonly route: ChosenRoute } | undefined {
  const recipient = RECIPIENTS[outcome];
  return recipient === undefined ? undefined : { route: { team: '', recipient, reason: '' } };
}

/** The route that a decision makes when it takes effect; null for an outcome that sends the family nowhere. */
export function routeOf(
  world: World,
  referral: Pick<NewRow<Referral>, 'id' | 'rating'>,
  { children, adults = [] }: SubmittedReferral,
  decision: { readonly id: string; readonly outcome: Outcome },
  { at, by }: { readonly at: Temporal.Instant; readonly by: StaffActor },
): NewRow<Route> | null {
  const rule = ROUTES[decision.outcome];
  if (rule === undefined) return null;
  const { policy, calendar } = inForceAt(world, at);
  const isToTeam = rule.goesTo === 'team';
  const team = isToTeam ? (teamOfFamily({ children, adults }, DEFAULT_LOCALITIES).team?.code ?? null) : null;
  const recipient = RECIPIENTS[decision.outcome] ?? null;
  return world.rows.add(Route, {
    ...{ id: world.ids.at(at), referralId: referral.id, decisionId: decision.id, kind: rule.kind, team, recipient },
    ...{ localityVersion: isToTeam ? 1 : null, reason: null, sentBy: by.id, sentAt: at },
    chosenBy: team !== null ? 'address' : recipient !== null ? 'person' : null,
    dueAt: after(calendar, at, routeSpan(policy, rule.kind, referral.rating)),
    ...{ answer: null, answeredBy: null, answeredAt: null, answerReason: null, recordedBy: null, recordedAt: null },
    ...{ endedAt: null, endReason: null },
  });
}

/** The working minutes after which those whom a family goes to accept it. */
const ANSWER_AFTER = 190;

/**
 * Those whom a family went to accept it, as they do in most cases. What was sent just before the end of the past awaits
 * its answer.
 *
 * @param until the end of the past
 * @returns when it is accepted; null when it is not yet
 */
export function acceptRoute(
  world: World,
  { reference, rating }: Pick<NewRow<Referral>, 'reference' | 'rating'>,
  route: NewRow<Route>,
  by: StaffActor,
  until: Temporal.Instant,
): Temporal.Instant | null {
  const inForce = inForceAt(world, route.sentAt);
  const at = addWorkingMinutes(inForce.calendar, route.sentAt, ANSWER_AFTER);
  const { id, kind, recipient, referralId, decisionId, sentAt, dueAt } = route;
  // No family of a past lives where no team has it.
  if (!isBefore(at, until)) {
    const follows = deadlineOfRoute(kind);
    const armed = armFollowUp(inForce.calendar, follows, { rating, startedAt: sentAt, dueAt });
    const about = { kind: follows, subject: followUpSubject(reference, id) };
    const made = world.ids.ofThen(followUpRows({ now: sentAt }, about, armed, inForce), sentAt);
    for (const { table, rows } of made) for (const row of rows) world.rows.add(table, row);
    return null;
  }
  const answeredBy = recipient ?? 'The duty worker of the team';
  Object.assign(route, { answer: 'accepted', answeredBy, answeredAt: at, recordedBy: by.id, recordedAt: at });
  if (kind === 'edge_of_care') {
    const onDate = localDate(inForce.calendar, at).toString();
    const said = { words: `${answeredBy}: visited the family at home`, recordedBy: by.id, recordedAt: at };
    world.rows.add(EdgeOfCareEvent, {
      ...{ id: world.ids.at(at), referralId, decisionId, kind: 'first_response', onDate, ...said },
    });
  }
  return at;
}
