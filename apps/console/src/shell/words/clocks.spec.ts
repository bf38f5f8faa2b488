import fc from 'fast-check';
import { clockInWords as inTheBrowser } from '../../../assets/clocks.js';
import { clockInWords } from './words.ts';

it('words a clock in the browser exactly as the server does', () => {
  const days = 86_400_000;
  fc.assert(
    // Over midnight, and over both nights on which the clocks change.
    fc.property(
      fc.constantFrom(
        '2026-11-23T14:10Z',
        '2026-11-24T00:00Z',
        '2026-11-24T00:00:59Z',
        '2026-10-25T00:30Z',
        '2026-03-29T23:00Z',
      ),
      fc.integer({ min: -3 * days, max: 3 * days }),
      fc.integer({ min: 0, max: days }),
      (dueAt, away, later) => {
        const due = Temporal.Instant.from(dueAt);
        const opened = due.add({ milliseconds: away });
        const now = opened.add({ milliseconds: later });
        const { kept } = clockInWords(due, opened, 'Europe/London');
        const { state, sentence } = clockInWords(due, now, 'Europe/London');
        expect(inTheBrowser(kept, now.epochMilliseconds)).toEqual({ state, sentence });
      },
    ),
    { examples: [0, -1, -60_000, -3_600_000, -3_599_999, 59_999].map((away) => ['2026-11-23T14:10Z', away, 0]) },
  );
});
