import { clockInWords, codeInWords, dayAndTime, ratingTag } from './words.ts';

const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const ZONE = 'Europe/London';

describe('a clock in words', () => {
  it.each([
    ['2026-11-23T14:10', '2026-11-23T13:06', 'On time', 'due 2:10pm today, 1 hour 4 minutes left'],
    ['2026-11-23T14:10', '2026-11-23T13:10', 'On time', 'due 2:10pm today, 1 hour left'],
    ['2026-11-23T14:10', '2026-11-23T13:10:01', 'Due soon', 'due 2:10pm today, 59 minutes left'],
    ['2026-11-23T14:10', '2026-11-23T14:09:59', 'Due soon', 'due 2:10pm today, less than a minute left'],
    ['2026-11-23T14:10', '2026-11-23T14:10', 'Overdue', 'was due 2:10pm today, overdue by less than a minute'],
    ['2026-11-23T14:10', '2026-11-23T14:33', 'Overdue', 'was due 2:10pm today, overdue by 23 minutes'],
    ['2026-11-24T00:00:59', '2026-11-23T20:00:59', 'On time', 'due at the end of today, 4 hours left'],
    ['2026-11-24T00:00', '2026-11-23T23:30', 'Due soon', 'due at the end of today, 30 minutes left'],
    [
      '2026-11-26T00:00',
      '2026-11-23T23:30',
      'On time',
      'due at the end of Wednesday 25 November, 2 days 30 minutes left',
    ],
    ['2026-11-24T00:00', '2026-11-24T00:05', 'Overdue', 'was due at the end of yesterday, overdue by 5 minutes'],
    // The night that loses an hour, and the one that has an hour twice.
    ['2026-03-29T03:30', '2026-03-29T00:30', 'On time', 'due 3:30am today, 2 hours left'],
    ['2026-03-29T02:00', '2026-03-29T00:30', 'Due soon', 'due 2am today, 30 minutes left'],
    ['2026-03-29T00:30', '2026-03-29T03:30', 'Overdue', 'was due 12:30am today, overdue by 2 hours'],
    ['2026-10-25T03:30', '2026-10-25T00:30', 'On time', 'due 3:30am today, 4 hours left'],
    ['2026-10-25T02:00', '2026-10-25T00:30', 'On time', 'due 2am today, 2 hours 30 minutes left'],
    ['2026-10-25T00:30', '2026-10-25T03:30', 'Overdue', 'was due 12:30am today, overdue by 4 hours'],
  ])('words a clock that is due %s when it is seen %s', (due, now, stateInWords, sentence) => {
    expect(clockInWords(at(due), at(now), ZONE)).toMatchObject({ stateInWords, sentence });
  });

  it('names the day of an instant', () => {
    const now = at('2026-11-23T10:00');
    expect(dayAndTime(at('2026-11-22T12:00'), now, ZONE)).toBe('midday yesterday');
    expect(dayAndTime(at('2026-11-26T16:30'), now, ZONE)).toBe('4:30pm on Thursday 26 November');
    expect(dayAndTime(at('2025-11-26T16:30'), now, ZONE)).toBe('4:30pm on Wednesday 26 November 2025');
  });
});

it.each([
  ['physical_abuse', 'Physical abuse'],
  ['livesWithChild', 'Lives with child'],
  ['refer_to_lado', 'Refer to the LADO'],
  ['line1', 'Line 1'],
])('words the code %s as %s', (code, words) => expect(codeInWords(code)).toBe(words));

it.each([
  ['red', 'Red'],
  ['amber', 'Amber'],
  ['green', 'Green'],
] as const)('says of a %s rating that it is only suggested, in a sign and in a word', (rating, word) => {
  expect(ratingTag(rating)).not.toHaveProperty('html');
  expect(ratingTag(rating, true)).toEqual(ratingTag(rating));
  const { text, html } = ratingTag(rating, false);
  expect(text).toBe(word);
  expect(html!.replaceAll(/<[^>]*>/g, '')).toBe(`${word} ?suggested`);
});
