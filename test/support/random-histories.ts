import fc from 'fast-check';
import type { StaffActor } from '#access';
import { DEFAULT_CALENDAR, DEFAULT_POLICY, OUTCOMES, RATINGS, type Outcome, type Rating } from '#domain';
import { Refused } from '#platform';
import { SERVICE, sql } from '#store';
import { scenarioAt } from '../../scripts/hub/scenario-at.ts';
import type { Hub } from './hub.ts';
import { SCENARIOS } from './scenarios.ts';

/** A decision as the test saw it made, agreed with, returned and taken back. */
export interface SeenDecision {
  readonly at: Temporal.Instant;
  readonly outcome: Outcome;
  readonly needsSignOff: boolean;
  /** From when to when it was in effect; the last one may have no end. */
  readonly effects: { readonly from: Temporal.Instant; to: Temporal.Instant | null }[];
  returnedAt: Temporal.Instant | null;
  undoneAt: Temporal.Instant | null;
}

/** What happened to a referral, as the test saw it happen. */
export interface Seen {
  readonly reference: string;
  readonly receivedAt: Temporal.Instant;
  readonly ratings: { readonly at: Temporal.Instant; readonly rating: Rating; readonly isGiven: boolean }[];
  readonly dues: { readonly at: Temporal.Instant; readonly due: Temporal.Instant; readonly byLaw: Temporal.Instant }[];
  readonly decisions: SeenDecision[];
}

const DAY_MINUTES = 24 * 60;

const act = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom({ kind: 'open' } as const, { kind: 'claim' } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rate' as const), to: fc.constantFrom(...RATINGS) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      outcome: fc.constantFrom(...OUTCOMES),
      level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      isTakenBack: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('sign' as const),
      result: fc.constantFrom('agreed' as const, 'agreed' as const, 'returned' as const),
      isTakenBack: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    }),
  },
);

type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

const plan = (days: number) =>
  fc.record({
    received: fc.integer({ min: 0, max: days * DAY_MINUTES - 1 }),
    scenario: fc.constantFrom(1, 3, 5, 19, 20, 25, 33, 37, 39),
    acts: fc.array(
      fc.record({ act, after: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 500, max: 8000 })) }),
      { maxLength: 7 },
    ),
  });

/** What is done at an instant: by the people of a referral, or by the hub as a whole. */
export interface Happening {
  readonly at: Temporal.Instant;
  readonly run: () => Promise<void>;
}

/**
 * Referrals with random histories, done by the real use cases in the order of time.
 *
 * @param from the instant of the first day
 * @param others what happens among them: days that are closed, versions that are published
 * @param seen gets what is seen of each referral
 */
export async function liveThrough(
  hub: Hub,
  { from, days, count, seed }: { from: Temporal.Instant; days: number; count: number; seed: number },
  others: readonly Happening[],
  seen: Seen[],
): Promise<void> {
  const happenings: Happening[] = [...others];
  for (const { received, scenario, acts } of fc.sample(plan(days), { numRuns: count, seed })) {
    let at = from.add({ minutes: received });
    let one: Seen | null = null;
    happenings.push({ at, run: async () => void seen.push((one = await receive(hub, scenario))) });
    for (const { act: doing, after } of acts) {
      at = at.add({ minutes: after });
      happenings.push({ at, run: () => unlessRefused(async () => perform(hub, one!, doing)) });
    }
  }
  const end = from.add({ hours: days * 24 });
  for (const { at, run } of happenings.sort((a, b) => Temporal.Instant.compare(a.at, b.at))) {
    if (Temporal.Instant.compare(at, end) > 0) break;
    await hub.moveToInstant(at);
    await run();
  }
}

/** A new policy with other limits, and a calendar with other hours: what is open is re-armed under them. */
export async function publish(hub: Hub, kind: 'policy' | 'calendar'): Promise<void> {
  const { amber, ...ratings } = DEFAULT_POLICY.ratings;
  const policy = { ...DEFAULT_POLICY, ratings: { ...ratings, amber: { ...amber, decisionDue: { workingDays: 2 } } } };
  const calendar = {
    ...DEFAULT_CALENDAR,
    opening: { ...DEFAULT_CALENDAR.opening, fri: ['08:30', '17:00'] as const, sat: ['09:00', '12:00'] as const },
  };
  await hub.publish.execute({
    version: kind === 'policy' ? { kind, policy } : { kind, calendar },
    reason: 'A change of the hub',
    effectiveFrom: null,
    seen: 1,
    formId: crypto.randomUUID(),
    by: hub.manager,
  });
}

async function receive(hub: Hub, scenario: number): Promise<Seen> {
  const reference = await hub.submit(scenarioAt(SCENARIOS[scenario - 1]!.body, await hub.database.now()));
  await hub.linkEarlier(reference);
  const at = await hub.database.now();
  const rating = await hub.ratingOf(reference);
  return {
    ...{ reference, receivedAt: at, decisions: [] },
    ratings: [{ at, rating, isGiven: false }],
    dues: [{ at, ...(await duesOf(hub, reference)) }],
  };
}

async function duesOf(hub: Hub, reference: string) {
  const found = await hub.database.as(SERVICE).row<{ due: Temporal.Instant; byLaw: Temporal.Instant }>(sql`
    SELECT decision_due_at AS due, statutory_due_at AS "byLaw" FROM referral WHERE reference = ${reference}`);
  return found!;
}

/** Notes the due times of every referral that changed them, after a version was published. */
export async function witnessDues(hub: Hub, seen: readonly Seen[]): Promise<void> {
  const at = await hub.database.now();
  for (const one of seen) one.dues.push({ at, ...(await duesOf(hub, one.reference)) });
}

async function unlessRefused(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
}

async function perform(hub: Hub, one: Seen, what: Act): Promise<void> {
  const { reference } = one;
  const by = hub.manager;
  if (what.kind === 'open') return void (await hub.read(reference, hub.screener));
  if (what.kind === 'claim') return hub.claims(by, reference);
  if (what.kind === 'rate') {
    await hub.rates(by, reference, what.to);
    return noteRating(hub, one, what.to);
  }
  if (what.kind === 'decide') {
    const confirms = await hub.ratingOf(reference);
    const signOff = await hub.decides(by, reference, { outcome: what.outcome, thresholdLevel: what.level });
    const at = await hub.database.now();
    await noteRating(hub, one, confirms, at);
    const effects = signOff.length === 0 ? [{ from: at, to: null }] : [];
    one.decisions.push({
      ...{ at, outcome: what.outcome, needsSignOff: signOff.length > 0, effects, returnedAt: null, undoneAt: null },
    });
    if (!what.isTakenBack) return;
    await takeBack(hub, one, by);
    one.decisions.at(-1)!.undoneAt = await hub.database.now();
    return;
  }
  const decision = one.decisions.at(-1);
  if (what.result === 'returned') {
    await hub.returns(hub.otherManager, reference, 'Look again.');
    decision!.returnedAt = await hub.database.now();
    return;
  }
  await hub.signsOff(hub.otherManager, reference);
  decision!.effects.push({ from: await hub.database.now(), to: null });
  if (what.isTakenBack) await takeBack(hub, one, hub.otherManager);
}

/** Takes back what was done a moment ago. */
async function takeBack(hub: Hub, one: Seen, by: StaffActor): Promise<void> {
  await hub.moveBy({ seconds: 10 });
  await hub.takesBack(by, one.reference);
  const effect = one.decisions.at(-1)!.effects.at(-1);
  if (effect !== undefined) effect.to = await hub.database.now();
}

async function noteRating(hub: Hub, one: Seen, rating: Rating, at?: Temporal.Instant): Promise<void> {
  const when = at ?? (await hub.database.now());
  one.ratings.push({ at: when, rating, isGiven: true });
  one.dues.push({ at: when, ...(await duesOf(hub, one.reference)) });
}
