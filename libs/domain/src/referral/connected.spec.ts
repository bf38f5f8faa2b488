import fc from 'fast-check';
import { connected } from './connected.ts';

it.each([
  ['two reports have the smaller id', [['b', 'a']], { a: 'a', b: 'a' }],
  ['a third joins by way of the second', [['a', 'b'], ['b', 'c']], { a: 'a', b: 'a', c: 'a' }], // prettier-ignore
  ['two incidents stay two', [['d', 'c'], ['a', 'b']], { a: 'a', b: 'a', c: 'c', d: 'c' }], // prettier-ignore
  ['two incidents become one by a pair', [['c', 'd'], ['a', 'b'], ['d', 'b']], { a: 'a', b: 'a', c: 'a', d: 'a' }], // prettier-ignore
] as [string, [string, string][], object][])('%s', (_, pairs, expected) => {
  expect(Object.fromEntries(connected(pairs))).toEqual(expected);
});

it('is the same in any order of the pairs, and names of each incident the smallest report', () => {
  const id = fc.constantFrom(...'abcdefgh');
  const pairs = fc.array(
    fc.tuple(id, id).filter(([a, b]) => a !== b),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(
      pairs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const incidents = connected(all);
        expect(new Map([...connected(shuffled)].sort())).toEqual(new Map([...incidents].sort()));
        for (const [one, other] of all) expect(incidents.get(one)).toBe(incidents.get(other));
        for (const [report, incident] of incidents) expect(incident <= report).toBe(true);
        for (const incident of incidents.values()) expect(incidents.get(incident)).toBe(incident);
      },
    ),
  );
});
