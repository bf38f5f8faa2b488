import fc from 'fast-check';
import { clockInWords as inTheBrowser, shortClockInWords as shortInTheBrowser } from '../../../assets/clocks.js';
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
      fc.integer({ min: -9 * days, max: 9 * days }),
      fc.integer({ min: 0, max: days }),
      (dueAt, away, later) => {
        const due = Temporal.Instant.from(dueAt);
        const opened = due.add({ milliseconds: away });
        const now = opened.add({ milliseconds: later });
        const { kept } = clockInWords(due, opened, 'Europe/London');
        const { state, sentence, short } = clockInWords(due, now, 'Europe/London');
        expect(inTheBrowser(kept, now.epochMilliseconds)).toEqual({ state, sentence });
        expect(shortInTheBrowser(kept, now.epochMilliseconds)).toEqual(short);
      },
    ),
    { examples: [0, -1, -60_000, -3_600_000, -3_599_999, 59_999].map((away) => ['2026-11-23T14:10Z', away, 0]) },
  );
});

it.each([
  ['2026-11-23T11:59:40', 'under 1 min left', '11:59am today', -1],
  ['2026-11-23T12:09', '9 min left', '12:09pm today', 0],
  ['2026-11-23T15:08', '3 h 8 min left', '3:08pm today', 0],
  ['2026-11-23T15:00', '3 h left', '3pm today', 0],
  ['2026-11-24T10:30', '22 h left', '10:30am tomorrow', 0],
  ['2026-11-24T15:20', '1 day 3 h left', '3:20pm tomorrow', 0],
  ['2026-11-26T16:30', '3 days left', '4:30pm Thursday', 0],
  ['2026-11-26T00:00', '2 days left', 'end of Wednesday', 0],
  ['2026-12-01T12:00', '8 days left', 'midday 1 December', 0],
  ['2027-01-04T12:00', '42 days left', 'midday 4 January 2027', 0],
  ['2026-11-23T11:24', 'Overdue 36 min', '11:24am today', 0],
  ['2026-11-21T09:00', 'Overdue 2 days', '9am 21 November', 0],
] as const)('says of a clock that is due at %s: %s, %s', (due, left, at, seconds) => {
  const instant = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
  const now = instant('2026-11-23T12:00').add({ seconds: seconds * 50 });
  expect(clockInWords(instant(due), now, 'Europe/London').short).toEqual({ left, at });
});
