import { FEEDBACK_STATES, localDate, workingCalendar } from '#domain';
import { SERVICE, sql } from '#store';
import { randomUUID } from 'node:crypto';
import type { ModelDiscussion, ModelRoute } from './model-after-deciding.ts';
import type { FollowUpName } from './model-follow-up.ts';
import type { World } from './world.ts';

const TEAM = { team: 'north', recipient: 'Jo Marsh' };

/** The clocks that the decision on a referral made, but that of telling its referrer. */
export function clocksOf(world: World, reference: string): Promise<readonly FollowUpName[]> {
  return world.patiently(() =>
    world.database.as(SERVICE).rows<FollowUpName>(sql`
      SELECT kind, subject FROM deadline WHERE state = 'open' AND subject LIKE ${`${reference} %`}
        AND kind IN ('strategy_discussion', 'conference', 'route_answer', 'first_response')`),
  );
}

/** A manager records why the discussion is not held. */
export async function holdDiscussion(world: World, discussion: ModelDiscussion): Promise<void> {
  const { recordDiscussion, manager: by, model } = world;
  const { reference } = discussion.referral;
  const formId = randomUUID();
  await world.patiently(() =>
    recordDiscussion.execute({ reference, number: 1, held: null, reason: 'A trial.', formId, by }),
  );
  model.after.held(discussion);
}

/** They accept the family, or it has had its first response. */
export async function acceptRoute(world: World, route: ModelRoute): Promise<void> {
  const { answerRoute, recordEdgeOfCare, manager: by, model } = world;
  const { id: routeId, rule } = route;
  const { reference } = route.referral;
  const formId = randomUUID();
  const on = localDate(workingCalendar(model.calendarData), model.now).toString();
  await world.patiently(() =>
    rule.awaits === 'first_response'
      ? recordEdgeOfCare.execute({
          reference,
          kind: 'first_response',
          on,
          at: null,
          who: 'Jo Marsh',
          words: '',
          formId,
          by,
        })
      : answerRoute.execute({ ...answerOf(reference, routeId, formId), answer: 'accepted', reason: '', by }),
  );
  model.after.accepted(route);
}

export async function returnRoute(world: World, route: ModelRoute): Promise<void> {
  const { answerRoute, manager: by, model } = world;
  const formId = randomUUID();
  const answer = answerOf(route.referral.reference, route.id, formId);
  await world.patiently(() => answerRoute.execute({ ...answer, answer: 'returned', reason: 'A trial.', by }));
  model.after.returned(route, model.now, model.rules);
}

export async function sendOn(world: World, route: ModelRoute): Promise<void> {
  const { sendOn: sending, manager: by, model } = world;
  const { reference } = route.referral;
  const formId = randomUUID();
  await world.patiently(() =>
    sending.execute({ reference, routeId: route.id, ...TEAM, reason: 'A trial.', formId, by }),
  );
  const next = (await clocksOf(world, reference)).find(({ kind }) => kind === route.clock.name.kind)!;
  model.after.sentOn(route, next, model.now, model.rules);
}

/** People do what must follow, so that nothing of a trial is left for the next. */
export async function finishWhatFollows(world: World): Promise<void> {
  const { after } = world.model;
  for (const discussion of [...after.discussions]) await holdDiscussion(world, discussion);
  for (const route of [...after.routes]) {
    if (!route.isKnown || route.returned !== null) await sendOn(world, route);
  }
  for (const route of [...after.routes]) await acceptRoute(world, route);
}

/** A person says of each referrer whom no message tells that they are told, or not. */
export async function tellReferrers(world: World): Promise<void> {
  const { tellReferrer, allowFeedback, manager: by, database, model } = world;
  const references = model.referrals.map(({ reference }) => reference);
  const open = await world.patiently(() =>
    database.as(SERVICE).rows<{ feedback: string; reference: string; state: (typeof FEEDBACK_STATES)[number] }>(sql`
      SELECT f.id AS feedback, r.reference, f.state FROM feedback f JOIN referral r ON r.id = f.referral_id
      WHERE r.reference = ANY(${references}) AND (f.state = 'awaiting_leave' OR (f.state = 'owed' AND f.way = 'person'))`),
  );
  for (const { feedback, reference, state } of open) {
    const said = { reference, feedback, words: 'A trial.', formId: randomUUID(), by };
    await world.patiently(() =>
      state === 'owed'
        ? tellReferrer.execute({ ...said, how: 'by_telephone' })
        : allowFeedback.execute({ ...said, isAllowed: false }),
    );
  }
}

const answerOf = (reference: string, routeId: string, formId: string) => ({
  ...{ reference, routeId, formId, answeredBy: 'Jo Marsh', answeredAt: null },
});
