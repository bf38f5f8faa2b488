import fc from 'fast-check';
import { drawSample, SAMPLE_SIZE, type Sampleable, type SampleSize } from './draw-sample.ts';
import { inSeededOrder, placeUnder } from './seeded-order.ts';
import { STRATA, strataOf, type SampledFacts } from './strata.ts';

const populations: fc.Arbitrary<readonly Sampleable[]> = fc.uniqueArray(
  fc.record({
    referralId: fc.uuid(),
    decidedBy: fc.constantFrom('jo', 'max', 'sol', 'zoe'),
    strata: fc.subarray([...STRATA]),
  }),
  { selector: ({ referralId }) => referralId, maxLength: 60 },
);
const sizes: fc.Arbitrary<SampleSize> = fc.record({ perStratum: fc.nat(5), perDecider: fc.nat(4) });
const seeds = fc.string({ minLength: 1 });
const idsOf = (sample: readonly Sampleable[]) => sample.map(({ referralId }) => referralId);

describe('a sample', () => {
  it('is the same for the same seed, in whatever order the population comes', () => {
    fc.assert(
      fc.property(populations, seeds, sizes, fc.infiniteStream(fc.nat()), (population, seed, size, numbers) => {
        const shuffled = population
          .map((one) => ({ one, at: numbers.next().value! }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(drawSample(shuffled, { seed, ...size })).toEqual(drawSample(population, { seed, ...size }));
      }),
    );
  });

  it('holds of each stratum and of each decider as many as it must, or all that there are', () => {
    fc.assert(
      fc.property(populations, seeds, sizes, (population, seed, size) => {
        const sample = drawSample(population, { seed, ...size });
        const count = (of: readonly Sampleable[], which: (one: Sampleable) => boolean) => of.filter(which).length;
        for (const stratum of STRATA) {
          const isOf = ({ strata }: Sampleable) => strata.includes(stratum);
          const least = Math.min(size.perStratum, count(population, isOf));
          expect(count(sample, isOf)).toBeGreaterThanOrEqual(least);
          expect(sample.filter(({ drawnFor }) => drawnFor.includes(stratum))).toHaveLength(least);
        }
        for (const decider of new Set(population.map(({ decidedBy }) => decidedBy))) {
          const isOf = ({ decidedBy }: Sampleable) => decidedBy === decider;
          expect(count(sample, isOf)).toBeGreaterThanOrEqual(Math.min(size.perDecider, count(population, isOf)));
        }
      }),
    );
  });

  it('holds each decision once, each for a reason, and draws for a decider only what is missing', () => {
    fc.assert(
      fc.property(populations, seeds, sizes, (population, seed, size) => {
        const sample = drawSample(population, { seed, ...size });
        expect(new Set(idsOf(sample)).size).toBe(sample.length);
        for (const { drawnFor, strata } of sample) {
          expect(drawnFor).not.toHaveLength(0);
          expect(drawnFor.filter((why) => why !== 'decider' && !strata.includes(why))).toEqual([]);
          // A decision that a stratum drew is not drawn for its decider as well.
          if (drawnFor.includes('decider')) expect(drawnFor).toEqual(['decider']);
        }
        for (const own of Map.groupBy(sample, ({ decidedBy }) => decidedBy).values()) {
          const [topped, others] = [true, false].map(
            (isTopped) => own.filter(({ drawnFor }) => drawnFor.includes('decider') === isTopped).length,
          );
          if (topped! > 0) expect(topped! + others!).toBeLessThanOrEqual(size.perDecider);
        }
      }),
    );
  });

  it('gives every decision the same chance', () => {
    const ids = Array.from({ length: 40 }, (_, n) => `01900000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`);
    const population = ids.map((referralId) => ({ referralId, decidedBy: 'jo', strata: [] }));
    const times = new Map<string, number>();
    for (let seed = 0; seed < 1_000; seed++) {
      for (const id of idsOf(drawSample(population, { seed: `seed ${seed}`, ...SAMPLE_SIZE }))) {
        times.set(id, (times.get(id) ?? 0) + 1);
      }
    }
    // Two of forty in a thousand draws: fifty each, give or take six standard deviations of seven.
    for (const id of ids) expect(Math.abs((times.get(id) ?? 0) - 50)).toBeLessThan(42);
  });
});

describe('the order of a seed', () => {
  it('is another for another seed, and scatters ids that differ in one character', () => {
    const ids = Array.from({ length: 500 }, (_, n) => `id-${n}`);
    const first = inSeededOrder(ids, (id) => id, 'a');
    expect(first.toSorted()).toEqual(ids.toSorted());
    expect(inSeededOrder(ids, (id) => id, 'b')).not.toEqual(first);
    const places = ids.map((id) => placeUnder('a', id));
    expect(new Set(places).size).toBe(ids.length);
    expect(places.every((place) => Number.isSafeInteger(place) && place >= 0)).toBe(true);
    // As many in each tenth of the range as chance gives.
    const tenths = Map.groupBy(places, (place) => Math.floor((place / 2 ** 53) * 10));
    for (let tenth = 0; tenth < 10; tenth++) {
      expect(Math.abs((tenths.get(tenth)?.length ?? 0) - 50)).toBeLessThan(35);
    }
  });

  it('stays as it is: a sample that was drawn before must be drawn again to the same', () => {
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => placeUnder('0123456789abcdef', id))).toEqual(PLACES);
  });
});

const PLACES = [
  3322955031867049, 4220154778581407, 3555157378882200, 5785834844385324, 1105200018542379, 6771440726076325,
];

describe('the strata of a decision', () => {
  const none: SampledFacts = {
    outcome: 'child_and_family_assessment',
    thresholdLevel: 3,
    ratingWasLowered: false,
    suggestionWasOverridden: false,
    hasChildUnderOne: false,
  };
  it.each<[string, Partial<SampledFacts>, readonly string[]]>([
    ['an assessment at level 3', {}, []],
    ['no further action', { outcome: 'no_further_action' }, ['no_further_action']],
    ['advice', { outcome: 'advice_and_signposting' }, []],
    ['level 4 with a strategy discussion', { thresholdLevel: 4, outcome: 'strategy_discussion' }, []],
    ['level 4 without one', { thresholdLevel: 4 }, ['level_4_without_strategy_discussion']],
    ['a rating that was lowered', { ratingWasLowered: true }, ['rating_lowered']],
    [
      'a baby whose suggested rating was overridden',
      { hasChildUnderOne: true, suggestionWasOverridden: true },
      ['child_under_one', 'suggestion_overridden'],
    ],
  ])('of %s', (_, facts, strata) => {
    expect(strataOf({ ...none, ...facts })).toEqual(strata);
  });
});
