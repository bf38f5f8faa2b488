import fc from 'fast-check';
import { aStanding, anyStanding, decidedAfter, MOMENT, UNDECIDED } from '../../test/standings.ts';
import { MEASURES, measureOf } from './definitions/index.ts';
import { countFigure } from './figure.ts';
import type { Measure } from './measure.ts';
import type { Standing } from './standing.ts';
import { spreadOf } from './tally.ts';

/** A way to look better without working: how a referral stands where it was tried; null where it cannot be. */
type Attempt = (standing: Standing) => Standing | null;

const isDecided = ({ effectiveAt }: Standing) => effectiveAt !== null;
const LESS_URGENT = { red: 'amber', amber: 'green', green: null } as const;

const ATTEMPTS = {
  'deciding nothing': (one) => (isDecided(one) ? { ...one, ...UNDECIDED } : null),
  'lowering the rating': (one) => {
    const rating = LESS_URGENT[one.rating];
    if (rating === null) return null;
    // Only reds have a limit for taking them; that of before stays on the record, as the first of its kind.
    return { ...one, rating, wasLowered: true, dueAt: one.dueAt.add({ hours: 48 }) };
  },
  'taking the decision back': (one) => (isDecided(one) ? { ...one, ...UNDECIDED, takenBack: one.takenBack + 1 } : null),
  'giving no reason': (one) => (isDecided(one) ? { ...one, lateReason: null } : null),
  'leaving it unopened': (one) =>
    one.firstOpenedAt === null ? null : { ...one, ...UNDECIDED, firstOpenedAt: null, firstClaimedAt: null },
} as const satisfies Readonly<Record<string, Attempt>>;
type Name = keyof typeof ATTEMPTS;

/** Shown beside what the attempt makes look better: one of them is worse for it. */
const COMPANIONS: Readonly<Record<Name, readonly string[]>> = {
  'deciding nothing': ['open-by-age'],
  'lowering the rating': ['lowered-then-in-time'],
  'taking the decision back': ['open-by-age'],
  'giving no reason': ['late-without-reason'],
  'leaving it unopened': ['time-to-first-opened', 'open-by-age'],
};

/** Measures that no attempt makes look better, but lowering those of the limit of the rating. */
const PROMPTNESS = [
  ...['decided-in-one-working-day', 'decided-in-target', 'time-to-decision', 'long-tail', 'red-claimed-in-time'],
  ...['time-to-first-opened', 'time-to-first-claimed'],
];

/** How bad a figure is: the parts of it that a reader compares, each worse where it is greater. */
function badness(measure: Measure, standings: readonly Standing[]): readonly number[] {
  const { all } = countFigure(measure, null, standings, MOMENT);
  if (measure.kind === 'duration') {
    const { median, p90 } = spreadOf(all, 'elapsed');
    const working = spreadOf(all, 'working');
    return [median, p90, working.median, working.p90].map((minutes) => minutes ?? Infinity);
  }
  if (measure.kind === 'amount') return [all.numerator];
  // A share of nothing says nothing: neither is it good.
  const share = all.denominator === 0 ? null : all.numerator / all.denominator;
  if (share === null) return [measure.better === 1 ? 1 : 0];
  return [measure.better === 1 ? 1 - share : share];
}

/** How much of what a companion is about there is, as its page says it: how many, not how large a share. */
function shown(measure: Measure, standings: readonly Standing[]): readonly number[] {
  return measure.kind === 'share'
    ? [countFigure(measure, null, standings, MOMENT).all.numerator]
    : badness(measure, standings);
}

const isBetter = (now: readonly number[], before: readonly number[]) =>
  now.some((bad, at) => bad < before[at]! - 1e-12);
const isWorse = (now: readonly number[], before: readonly number[]) => now.some((bad, at) => bad > before[at]! + 1e-12);

const population = fc.array(fc.record({ standing: anyStanding, isTried: fc.boolean() }), {
  minLength: 1,
  maxLength: 15,
});

function tried(name: Name, all: readonly { standing: Standing; isTried: boolean }[]) {
  const before = all.map(({ standing }) => standing);
  const attempt: Attempt = ATTEMPTS[name];
  const now = all.map(({ standing, isTried }) => (isTried ? (attempt(standing) ?? standing) : standing));
  return { before, now, isSame: now.every((one, at) => one === before[at]) };
}

const NAMES = Object.keys(ATTEMPTS) as readonly Name[];

describe.each(NAMES)('%s', (name) => {
  const mayImprove = name === 'lowering the rating' ? ['decided-in-target'] : [];

  it.each(PROMPTNESS.filter((id) => !mayImprove.includes(id)))('never makes %s look better', (id) => {
    const measure = measureOf(id)!;
    fc.assert(
      fc.property(population, (all) => {
        const { before, now } = tried(name, all);
        // With nothing left that is due, a share says nothing.
        fc.pre(measure.kind !== 'share' || countFigure(measure, null, now, MOMENT).all.denominator > 0);
        expect(isBetter(badness(measure, now), badness(measure, before))).toBe(false);
      }),
    );
  });

  it('makes no measure look better without a companion that looks worse', () => {
    // Child-hours overdue follow the rating in force: a lowered one that is late by both limits has fewer of them.
    const judged = MEASURES.filter(({ better, unit }) => better !== 0 && unit !== 'child-hours');
    fc.assert(
      fc.property(population, (all) => {
        const { before, now, isSame } = tried(name, all);
        fc.pre(!isSame);
        const better = judged.filter((measure) => isBetter(badness(measure, now), badness(measure, before)));
        const worse = COMPANIONS[name].filter((id) =>
          isWorse(shown(measureOf(id)!, now), shown(measureOf(id)!, before)),
        );
        if (worse.length === 0) expect(better.map(({ id }) => id)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a lowered rating', () => {
  const red = aStanding({ rating: 'red', dueAt: Temporal.Instant.from('2026-11-23T14:00:00Z') });
  const lowered = (dueAt: string) =>
    ({ ...red, rating: 'amber', wasLowered: true, dueAt: Temporal.Instant.from(dueAt) }) as const;
  const count = (one: Standing) => [
    (measureOf('decided-in-target') as Extract<Measure, { kind: 'share' }>).count(one, MOMENT),
    (measureOf('lowered-then-in-time') as Extract<Measure, { kind: 'share' }>).count(one, MOMENT),
  ];

  it.each([
    ['decided within both limits', decidedAfter(60, lowered('2026-11-24T17:00:00Z')), ['met', 'not_met']],
    ['decided within the new limit alone', decidedAfter(600, lowered('2026-11-24T17:00:00Z')), ['met', 'met']],
    ['decided after both', decidedAfter(6000, lowered('2026-11-24T17:00:00Z')), ['not_met', null]],
    ['undecided after both', lowered('2026-11-24T17:00:00Z'), ['not_met', null]],
    ['undecided between them', lowered('2026-11-30T17:00:00Z'), ['not_yet_due', 'met']],
    ['undecided before both', { ...lowered('2026-12-01T17:00:00Z'), strictestDueAt: MOMENT.asOf.add({ hours: 1 }) }, ['not_yet_due', null]],
  ] as const)('%s counts so in the share in time and in that of lowered ones', (_, standing, counted) => {
    expect(count(standing)).toEqual(counted);
  }); // prettier-ignore
});
