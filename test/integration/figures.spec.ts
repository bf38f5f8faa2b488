import { atLocalTime, MEASURES, RATINGS, type Breakdown, type Measure, type Rating } from '#domain';
import { CloseDays, ReadFigure, ReadOverview, type Line, type Overview, type Period } from '#oversight';
import { SERVICE, sql, type Difference, type FigureLine } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import {
  liveThrough,
  publish,
  witnessDues,
  type Happening,
  type Seen,
  type SeenDecision,
} from '../support/random-histories.ts';

/** From before the spring change of the clocks until after the autumn one. */
const FROM = Temporal.PlainDate.from('2026-03-23');
const DAYS = 225;
/** So many histories at each run of the tests; `HISTORIES=500` runs as many as docs/figures.md says. */
const COUNT = Number(process.env['HISTORIES'] ?? 60);
const start = (day: Temporal.PlainDate) => atLocalTime({ timeZone: 'Europe/London' }, day, '00:00');
const WHOLE: Period = { from: FROM, to: FROM.add({ days: DAYS }) };

let hub: Hub;
const seen: Seen[] = [];
/** Every figure as it was read at some instants while it all happened. */
const readThen = new Map<Temporal.Instant, ReadonlyMap<string, readonly Line[]>>();
/** The overview at some instants: from what moved since the latest close, and counted whole as of the same instant. */
const overviews: { readonly moved: Overview; readonly counted: Overview }[] = [];
let end: Temporal.Instant;

const figure = (measure: Measure, by: Breakdown | null, asOf: Temporal.Instant | null, period = WHOLE) =>
  hub.whole.get(ReadFigure).execute(measure.id, { period, asOf, by }, 'figure', hub.manager);

async function everyFigure(asOf: Temporal.Instant | null): Promise<ReadonlyMap<string, readonly Line[]>> {
  const figures = new Map<string, readonly Line[]>();
  for (const measure of MEASURES) {
    for (const by of ['rating', 'agency'] as const) {
      figures.set(`${measure.id} by ${by}`, (await figure(measure, by, asOf)).lines);
    }
  }
  return figures;
}

const closeDays = () => hub.database.as(SERVICE).transaction((tx) => hub.whole.get(CloseDays).handle(tx));

beforeAll(async () => {
  hub = await createHub();
  const on = (day: number, time: string) => atLocalTime({ timeZone: 'Europe/London' }, FROM.add({ days: day }), time);
  const happening = (day: number, time: string, run: () => Promise<unknown>): Happening => ({
    at: on(day, time),
    run: async () => void (await run()),
  });
  const changed = async (kind: 'policy' | 'calendar') => {
    await publish(hub, kind);
    while ((await hub.rearm.execute()) > 0);
    await witnessDues(hub, seen);
  };
  const overview = (asOf: Temporal.Instant | null) => hub.whole.get(ReadOverview).execute(asOf, hub.manager);
  const readOverview = async () => {
    overviews.push({ moved: await overview(null), counted: await overview(await hub.database.now()) });
  };
  const read = async () => {
    readThen.set(await hub.database.now(), await everyFigure(null));
    await readOverview();
  };
  const nights = [3, 4, 20, 37, 38, 39, 80, 111, 160, 161, 200].map((day) => happening(day, '02:00', closeDays));
  const reads = [2, 38, 75, 120, 190].map((day) => happening(day, '13:00', read));
  const looks = [3, 21, 40, 41, 81, 82, 115, 162, 170, 201, 215].map((day) => happening(day, '09:30', readOverview));
  const others = [
    ...nights, ...reads, ...looks,
    happening(70, '12:00', () => changed('policy')),
    happening(150, '12:00', () => changed('calendar')),
  ]; // prettier-ignore
  await liveThrough(hub, { from: start(FROM), days: DAYS, count: COUNT, seed: 13 }, others, seen);
  await hub.moveToInstant(start(FROM.add({ days: DAYS })).add({ hours: 2 }));
  end = await hub.database.now();
}, 600_000);
afterAll(() => hub.drop());

it('has every figure as of an instant that was shown at that instant, before and after days are closed', async () => {
  const check = async () => {
    for (const [at, then] of readThen) expect(await everyFigure(at)).toEqual(then);
  };
  await check();
  await closeDays();
  await check();
}, 300_000);

it('shows on the overview of now what is counted from every referral as of the same instant', () => {
  const shown = ({ open, overdue, signOff, months }: Overview) => ({
    ...{ open, overdue, signOff },
    months: months.months.map(({ month, figures }) => [month.toString(), ...figures.map(({ lines }) => lines)]),
  });
  expect(overviews.length).toBeGreaterThan(10);
  for (const { moved, counted } of overviews) expect(shown(moved)).toEqual(shown(counted));
});

/** The referral's decision that was in effect at an instant. */
const inEffect = (one: Seen, at: Temporal.Instant) =>
  one.decisions
    .flatMap((decision) => decision.effects.map((effect) => ({ decision, effect })))
    .find(({ effect: { from, to } }) => !isAfter(from, at) && (to === null || isAfter(to, at)));
const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0;
const lastBy = <T extends { readonly at: Temporal.Instant }>(all: readonly T[], at: Temporal.Instant) =>
  all.filter((one) => !isAfter(one.at, at)).at(-1)!;
/** The decision that stands at an instant, in effect or waiting. */
const standing = (one: Seen, at: Temporal.Instant) =>
  one.decisions
    .filter(
      (decision: SeenDecision) =>
        !isAfter(decision.at, at) &&
        (decision.returnedAt === null || isAfter(decision.returnedAt, at)) &&
        (decision.undoneAt === null || isAfter(decision.undoneAt, at)),
    )
    .at(-1);
const firstGiven = (one: Seen, at: Temporal.Instant) =>
  one.ratings.find((given) => given.isGiven && !isAfter(given.at, at));
const happened = (one: Seen, at: Temporal.Instant, which: 'returnedAt' | 'undoneAt') =>
  one.decisions.some((decision) => decision[which] !== null && !isAfter(decision[which], at));
const signedAndUndone = (one: Seen, at: Temporal.Instant) =>
  one.decisions.some(({ effects }) => effects.some(({ to }) => to !== null && !isAfter(to, at)));

type Counts = 'yes' | 'no' | 'not yet' | null;
const within = (one: Seen, at: Temporal.Instant, which: 'due' | 'byLaw'): Counts => {
  const effect = inEffect(one, at)?.effect.from;
  const limit = lastBy(one.dues, effect ?? at)[which];
  if (effect !== undefined) return isAfter(effect, limit) ? 'no' : 'yes';
  return isAfter(limit, at) ? 'not yet' : 'no';
};
const yesIf = (is: boolean): Counts => (is ? 'yes' : 'no');

/** Each share reckoned again from what the test saw. */
const RECKONED: Readonly<Record<string, (one: Seen, at: Temporal.Instant) => Counts>> = {
  'decided-in-target': (one, at) => within(one, at, 'due'),
  'decided-in-one-working-day': (one, at) => within(one, at, 'byLaw'),
  'no-further-action-of-contacts': (one, at) => {
    const effect = inEffect(one, at);
    return effect === undefined ? null : yesIf(effect.decision.outcome === 'no_further_action');
  },
  'sign-off': (one, at) => {
    const decision = standing(one, at);
    return decision === undefined ? null : yesIf(decision.needsSignOff);
  },
  overrides: (one, at) => {
    const given = firstGiven(one, at);
    return given === undefined ? null : yesIf(given.rating !== one.ratings[0]!.rating);
  },
  'taken-back': (one, at) => {
    const wasDecided =
      standing(one, at) !== undefined || happened(one, at, 'undoneAt') || happened(one, at, 'returnedAt');
    return wasDecided ? yesIf(happened(one, at, 'undoneAt') || signedAndUndone(one, at)) : null;
  },
};

function reckon(id: string, at: Temporal.Instant, rating: Rating | null): readonly [number, number, number] {
  const cohort = seen.filter(
    (one) => !isAfter(one.receivedAt, at) && (rating === null || lastBy(one.ratings, at).rating === rating),
  );
  const counts = cohort.map((one) => RECKONED[id]!(one, at));
  const of = (...which: Counts[]) => counts.filter((one) => which.includes(one)).length;
  return [of('yes'), of('yes', 'no'), of('not yet')];
}

it.each(Object.keys(RECKONED))(
  'counts %s as a second reckoning from what happened does',
  async (id) => {
    const measure = MEASURES.find((one) => one.id === id)!;
    for (const at of [...readThen.keys(), end]) {
      const { lines } = await figure(measure, 'rating', at);
      const numbers = (group: string) => {
        const line = lines.find((one) => one.group === group);
        return line === undefined ? [0, 0, 0] : [line.numerator, line.denominator, line.notYetDue];
      };
      expect(numbers('all')).toEqual(reckon(id, at, null));
      for (const rating of RATINGS) expect([rating, ...numbers(rating)]).toEqual([rating, ...reckon(id, at, rating)]);
    }
  },
  120_000,
);

it('gives median and p90 of the time to decision with the waiting ones as censored', async () => {
  const measure = MEASURES.find(({ id }) => id === 'time-to-decision')!;
  for (const at of [...readThen.keys(), end]) {
    const cohort = seen.filter((one) => !isAfter(one.receivedAt, at));
    const lives = cohort.map((one) => {
      const effect = inEffect(one, at)?.effect.from;
      const until = effect ?? at;
      return { ended: effect !== undefined, minutes: Math.floor(one.receivedAt.until(until).total('minutes')) };
    });
    const { lines } = await figure(measure, null, at);
    const { median, p90 } = lines.at(-1)!;
    expect([median, p90]).toEqual([reached(lives, 0.5), reached(lives, 0.9)]);
  }
}, 120_000);

/** Kaplan and Meier's estimate as the textbook has it: step by step down the sorted times. */
function reached(lives: readonly { ended: boolean; minutes: number }[], q: number): number | null {
  let survival = 1;
  for (const minutes of [...new Set(lives.map((one) => one.minutes))].sort((a, b) => a - b)) {
    const atRisk = lives.filter((one) => one.minutes >= minutes).length;
    const deaths = lives.filter((one) => one.minutes === minutes && one.ended).length;
    survival *= 1 - deaths / atRisk;
    if (deaths > 0 && survival <= 1 - q + 1e-9) return minutes;
  }
  return null;
}

it('gives as many rows as a figure counts, for every measure', async () => {
  for (const measure of MEASURES) {
    for (const by of [null, 'concern'] as const) {
      const { lines, rows } = await figure(measure, by, end);
      const { denominator, notYetDue } = lines.at(-1)!;
      const isShare = measure.kind === 'share';
      expect([measure.id, by, rows.length]).toEqual([measure.id, by, denominator + (isShare ? notYetDue : 0)]);
    }
  }
}, 120_000);

it('keeps for each month what is counted from its referrals, and finds the same by another way', async () => {
  await closeDays();
  const kept = await hub.database.as(SERVICE).rows<{
    measure: string;
    brokenBy: Breakdown | 'all';
    month: string;
    asOf: Temporal.Instant;
    lines: Record<string, FigureLine>;
  }>(sql`
    SELECT measure, broken_by AS "brokenBy", month, as_of AS "asOf", lines FROM month_figure WHERE NOT is_frozen`);
  expect(kept.length).toBeGreaterThan(100);
  for (const { measure: id, brokenBy, month, asOf, lines } of kept.filter(({ brokenBy }) =>
    ['all', 'rating', 'concern'].includes(brokenBy),
  )) {
    const from = Temporal.PlainDate.from(month);
    const measure = MEASURES.find((one) => one.id === id)!;
    const now = await figure(measure, brokenBy === 'all' ? null : brokenBy, asOf, {
      from,
      to: from.add({ months: 1 }),
    });
    const written = now.lines.map((line) => [
      line.group,
      [line.numerator, line.denominator, line.notYetDue, line.median, line.p90, line.workingMedian, line.workingP90],
    ]);
    expect([id, month, lines]).toEqual([id, month, Object.fromEntries(written)]);
  }
  const reckonings = await hub.database
    .as(SERVICE)
    .rows<{ compared: number; differences: readonly Difference[] }>(
      sql`SELECT compared, differences FROM recomputation`,
    );
  expect(reckonings.length).toBeGreaterThan(5);
  expect(reckonings.flatMap(({ differences }) => differences)).toEqual([]);
  expect(reckonings.at(-1)!.compared).toBeGreaterThan(50);
}, 300_000);
