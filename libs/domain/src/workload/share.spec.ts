import fc from 'fast-check';
import { DEFAULT_POLICY } from '../policy/default-policy.ts';
import { workloadFaults } from '../policy/workload-rules.ts';
import { RATINGS } from '../rating/rating.ts';
import { howShared } from './how-shared.ts';
import { capOf, hasRoom, inOrderOfProposal, pointsOf, shareAfter, type CanTake } from './share.ts';

const person = (id: string, more: Partial<CanTake> = {}): CanTake => ({
  ...{ id, isOnDuty: true, isAway: false, isWorker: true, points: 0, cap: 60, knowsChild: false, lastTakenAt: null },
  ...more,
});
const people = fc.array(
  fc.record({
    id: fc.uuid(),
    isOnDuty: fc.boolean(),
    isAway: fc.boolean(),
    isWorker: fc.boolean(),
    points: fc.integer({ min: 0, max: 80 }),
    cap: fc.integer({ min: 1, max: 80 }),
    knowsChild: fc.boolean(),
    lastTakenAt: fc.option(fc.integer({ min: 1, max: 9 })),
  }),
);

it.each([
  ['red', 1, 4],
  ['amber', 2, 2],
  ['green', 3, 1.5],
  ['red', 8, 7],
] as const)('a %s about %d children counts %d points', (rating, children, points) => {
  expect(pointsOf(DEFAULT_POLICY, rating, children)).toBe(points);
});

it('a person with half the hours may have half the points', () => {
  expect([capOf(DEFAULT_POLICY, 100), capOf(DEFAULT_POLICY, 50)]).toEqual([60, 30]);
});

it.each([
  ['the lowest share after taking it', [person('a', { points: 10 }), person('b', { points: 4 })], 'b'],
  [
    'the share of part-time people by their own cap',
    [person('a', { points: 10 }), person('b', { points: 8, cap: 30 })],
    'a',
  ],
  ['who knows the child before a lower share', [person('a'), person('b', { points: 20, knowsChild: true })], 'b'],
  ['no person over their cap who knows the child', [person('a'), person('b', { points: 60, knowsChild: true })], 'a'],
  ['no person who is away', [person('a', { points: 50 }), person('b', { isAway: true, knowsChild: true })], 'a'],
  ['of equal shares who waited longest', [person('a', { lastTakenAt: 5 }), person('b', { lastTakenAt: 3 })], 'b'],
])('proposes %s', (_, some, first) => {
  expect(inOrderOfProposal(some, { points: 2, isRed: false })[0]!.id).toBe(first);
});

it('proposes a person without room only where none at work has room, and a red to any', () => {
  fc.assert(
    fc.property(people, fc.constantFrom(...RATINGS), fc.integer({ min: 1, max: 6 }), (some, rating, children) => {
      const given = { points: pointsOf(DEFAULT_POLICY, rating, children), isRed: rating === 'red' };
      const order = inOrderOfProposal(some, given);
      expect(new Set(order)).toEqual(new Set(some));
      const [first] = order;
      if (first === undefined) return;
      const atWork = some.filter(({ isAway }) => !isAway);
      expect(first.isAway).toBe(atWork.length === 0);
      const withRoom = atWork.filter((one) => hasRoom(one, given));
      if (withRoom.length === 0) return;
      expect(given.isRed || shareAfter(first, given) <= 1).toBe(true);
      expect(first.knowsChild).toBe(withRoom.some(({ knowsChild }) => knowsChild));
    }),
  );
});

it.each([
  ['workload.points.red', { points: { red: 0, amber: 2, green: 1 } }],
  ['workload.points.green', { points: { red: 4, amber: 2, green: Number.NaN } }],
  ['workload.eachChildBeyondTwo', { eachChildBeyondTwo: 0.3 }],
  ['workload.eachChildBeyondTwo', { eachChildBeyondTwo: -1 }],
  ['workload.cap', { cap: 0 }],
  ['workload.cap', { cap: 1_001 }],
])('a policy has a fault at %s with %j', (at, change) => {
  const faults = workloadFaults({ workload: { ...DEFAULT_POLICY.workload, ...change } });
  expect(faults.map((fault) => fault.at)).toEqual([at]);
});

it.each([
  [[], { most: 0, median: 0, ratio: null }],
  [[5], { most: 5, median: 5, ratio: 1 }],
  [[0, 4, 8], { most: 8, median: 6, ratio: 1.3 }],
  [[9, 3, 3], { most: 9, median: 3, ratio: 3 }],
])('sharing that gives %j is %j', (counts, spread) => {
  expect(howShared(counts)).toEqual(spread);
});
