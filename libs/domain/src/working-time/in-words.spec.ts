import { dueInWords, instantInWords, minutesInWords } from './in-words.ts';

const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();

it.each([
  ['2026-11-23T14:10', '2:10pm on Monday 23 November 2026', '2:10pm on Monday 23 November 2026'],
  ['2026-06-01T12:00', 'midday on Monday 1 June 2026', 'midday on Monday 1 June 2026'],
  // No person is sure whether midnight on Wednesday begins it or ends it.
  ['2026-11-25T00:00', 'midnight on Wednesday 25 November 2026', 'the end of Tuesday 24 November 2026'],
  ['2026-11-25T00:00:59', 'midnight on Wednesday 25 November 2026', 'the end of Tuesday 24 November 2026'],
  ['2026-03-30T00:00', 'midnight on Monday 30 March 2026', 'the end of Sunday 29 March 2026'],
])('words %s as %s, and as a due time as %s', (local, instant, due) => {
  expect(instantInWords(at(local), 'Europe/London')).toBe(instant);
  expect(dueInWords(at(local), 'Europe/London')).toBe(due);
});

it.each([
  [0, 'less than a minute'],
  [1, '1 minute'],
  [64, '1 hour 4 minutes'],
  [1440, '1 day'],
  [2 * 1440 + 61, '2 days 1 hour'],
])('words %s minutes as %s', (minutes, words) => expect(minutesInWords(minutes)).toBe(words));
