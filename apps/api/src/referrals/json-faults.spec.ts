import fc from 'fast-check';
import { jsonFaults } from './json-faults.ts';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

it.each<[string, string, number, number]>([
  ['a comma before the closing bracket', '{"a":1,\n}', 2, 1],
  ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 3, 3],
  ['a missing colon', '{"a" 1}', 1, 6],
  ['a line end within a string', '{"a": "one\r\n two"}', 1, 11],
  ['an escape that does not exist', '{"a": "C:\\dir"}', 1, 10],
  ['single quotation marks', "{\r\n'a': 1}", 2, 1],
  ['a comment', '{"a": 1} // one', 1, 10],
  ['a number with a leading zero', '{"a": 012}', 1, 7],
  ['undefined', '[1,\r undefined]', 2, 2],
  ['the wrong bracket', '[1}', 1, 3],
  ['a second value', '{}\n\n{}', 3, 1],
  ['an end that is missing', '{"a": [', 1, 8],
  ['nothing', '', 1, 1],
  ['a fault behind an emoji', '["😀", oops]', 1, 7],
])('places %s', (_, text, line, column) => {
  expect(jsonFaults(text).form).toMatchObject({ line, column, pointer: '' });
});

it('finds a fault in a text exactly when JSON.parse does', () => {
  const broken = fc
    .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.nat(3), fc.constantFrom(...'{}[],:"\\ \n\t0-1.eE+tfnu\u0001\u00a0x'))
    .map(([text, place, cut, char]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + char + text.slice(at + cut);
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken, fc.string({ unit: fc.constantFrom(...'{}[],:"\\ 01-.e') })), (text) => {
      const { form } = jsonFaults(text);
      expect(form === undefined).toBe(isJson(text));
      if (form === undefined) return;
      const lines = text.split(/\r\n|[\n\r]/);
      expect(form.column! <= [...lines[form.line! - 1]!].length + 1).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

it('I12: names every property that an object has twice, however its name is written, and no other', () => {
  const text = '{"a": 1, "b": [{}, {"c/d": 1, "x": {"a": 1},\n "c\\u002fd": 2}], "\\u0061": 3, "__proto__": 1}';
  expect(jsonFaults(text).repeated.map(({ pointer, line, column }) => [pointer, line, column])).toEqual([
    ['/b/1/c~1d', 2, 2],
    ['/a', 2, 19],
  ]);
});

it('names no property of an object without repetition', () => {
  fc.assert(fc.property(fc.json(), (text) => void expect(jsonFaults(text).repeated).toEqual([])));
});

it('points no deeper than a referral is, however deep a repeated name stands', () => {
  const { repeated } = jsonFaults(`${'{"a":'.repeat(20_000)}{"b":1,"b":2}${'}'.repeat(20_000)}`);
  expect(repeated.map(({ pointer, column }) => [pointer, column])).toEqual([['/a'.repeat(12), 100_008]]);
});

it('reads a text nested a hundred thousand deep', () => {
  expect(jsonFaults('['.repeat(100_000) + ']'.repeat(100_000))).toEqual({ repeated: [] });
});
