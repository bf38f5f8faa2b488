import fc from 'fast-check';
import { load } from 'cheerio';
import { apart, drawn, escaped, text } from './svg.ts';
import { fitted, inLines, widthOf } from './text-width.ts';

it('X4: holds any text as text, with its signs escaped', () => {
  const letters = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '/', 'text', 'svg', ' ', 'a', '{{', '\u0000', 'é') });
  fc.assert(
    fc.property(letters, (words) => {
      const page = load(drawn(() => ({ height: 10, parts: [text(0, 0, words)] })));
      expect(page('svg.mash-chart__drawing--wide > text').text()).toBe(words.replaceAll('\u0000', '\uFFFD'));
      expect(page('svg > *').length).toBe(2);
    }),
  );
}); // prettier-ignore

it('shows marks that turn the direction of writing, and isolates names that run from right to left', () => {
  expect(escaped('a\u202Eb')).toBe('aU+202Eb');
  expect(escaped('נועה, 6')).toBe('\u2068נועה\u2069, 6');
});

it('fits a text into its room by its beginning, and cuts no letter in two', () => {
  expect(fitted('Loomgate Surgery', 500)).toBe('Loomgate Surgery');
  expect(fitted('Loomgate Surgery', 80)).toMatch(/^Loomg.*…$/);
  expect(widthOf(fitted('👩‍👩‍👧'.repeat(20), 100))).toBeLessThanOrEqual(100);
  expect(fitted('👩‍👩‍👧'.repeat(20), 120)).toMatch(/^(👩‍👩‍👧)*…$/u);
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 20, max: 300 }), (words, room) => {
      expect(widthOf(fitted(words, room))).toBeLessThanOrEqual(room);
    }),
  );
});

it('puts texts into as few lines as have room for them', () => {
  expect(inLines(['one', 'two', 'three'], ' · ', 1000)).toEqual(['one · two · three']);
  expect(inLines(['one', 'two', 'three'], ' · ', widthOf('one · two'))).toEqual(['one · two', 'three']);
  expect(inLines([], ' · ', 100)).toEqual([]);
});

it('moves labels apart until none lies over another, in their order, within the drawing where they have room', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 12, max: 202, noNaN: true }), { maxLength: 8 }), (ys) => {
      const moved = apart(ys, 12, 202);
      const inOrder = ys.map((y, index) => ({ y, at: moved[index]! })).sort((a, b) => a.y - b.y || a.at - b.at);
      inOrder.slice(1).forEach(({ at }, index) => expect(at - inOrder[index]!.at).toBeGreaterThanOrEqual(15.99));
      for (const at of moved) expect(at).toBeLessThanOrEqual(202);
      if (ys.length < 8) for (const at of moved) expect(at).toBeGreaterThan(0);
    }),
  );
});
