import fc from 'fast-check';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { isWorkingDay, localDate } from './working-calendar.ts';
import { workingMinutesBetween } from './working-minutes.ts';
import { WorkingTimeUntil } from './working-time-until.ts';

const calendar = workingCalendar(DEFAULT_CALENDAR);
const START = Temporal.Instant.from('2025-03-01T00:00:00Z').epochMilliseconds;
/** Over three changes of the clocks, Christmas and Easter. */
const SPAN_MS = 400 * 86_400_000;
const instant = fc.integer({ min: 0, max: SPAN_MS }).map((ms) => Temporal.Instant.fromEpochMilliseconds(START + ms));

it('gives the working minutes that are counted day by day, in every order of the beginnings', () => {
  fc.assert(
    fc.property(instant, fc.array(instant, { minLength: 1, maxLength: 20 }), (end, beginnings) => {
      const until = new WorkingTimeUntil(calendar, end);
      for (const from of beginnings) {
        expect(until.minutesSince(from)).toBe(workingMinutesBetween(calendar, from, end));
      }
    }),
  );
});

it('gives the working days after the day of a beginning', () => {
  fc.assert(
    fc.property(instant, instant, (end, from) => {
      let days = 0;
      const last = localDate(calendar, end);
      for (let date = localDate(calendar, from).add({ days: 1 }); Temporal.PlainDate.compare(date, last) <= 0;) {
        if (isWorkingDay(calendar, date)) days++;
        date = date.add({ days: 1 });
      }
      expect(new WorkingTimeUntil(calendar, end).daysAfter(from)).toBe(days);
    }),
  );
});
