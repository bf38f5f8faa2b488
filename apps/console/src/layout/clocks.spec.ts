import fc from 'fast-check';
import { clockInWords as inTheBrowser } from '../../assets/clocks.js';
import { clockInWords } from './words.ts';

it('a clock is kept in the browser in the very words of the server', () => {
  const due = Temporal.Instant.from('2026-11-23T14:10:00Z');
  const { when } = clockInWords(due, due, 'Europe/London');
  fc.assert(
    fc.property(fc.integer({ min: -13 * 3_600_000, max: 9 * 3_600_000 }), (away) => {
      const now = due.add({ milliseconds: away });
      const { state, sentence } = clockInWords(due, now, 'Europe/London');
      expect(inTheBrowser(due.epochMilliseconds, now.epochMilliseconds, when)).toEqual({ state, sentence });
    }),
    { examples: [[0], [-1], [-60_000], [-3_600_000], [-3_599_999], [59_999], [60_000]] },
  );
});
