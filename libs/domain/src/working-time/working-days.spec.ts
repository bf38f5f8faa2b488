import fc from 'fast-check';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { isOpen, localDate } from './working-calendar.ts';
import { endOfWorkingDayAfter, workingDaysAfter } from './working-days.ts';
import { addWorkingMinutes, subtractWorkingMinutes, workingMinutesBetween } from './working-minutes.ts';
import { bankHolidayHorizon } from './bank-holidays.ts';

const calendar = workingCalendar(DEFAULT_CALENDAR);
const london = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const inLondon = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString({ smallestUnit: 'second' });

describe('working days', () => {
  it.each([
    ['in hours, the next day at the same time', '2026-11-23T14:00', 1, '2026-11-24T14:00:00'],
    ['at the moment of opening', '2026-11-23T08:30', 1, '2026-11-24T08:30:00'],
    ['at the moment of closing, which is outside hours', '2026-11-23T17:00', 1, '2026-11-24T17:00:00'],
    ['at a time before which the next day closes', '2026-11-25T16:45', 1, '2026-11-26T16:30:00'],
    ['late on Thursday, when Friday closes at four', '2026-11-26T16:15', 1, '2026-11-27T16:00:00'],
    ['on Friday afternoon, over the weekend', '2026-11-27T15:59', 1, '2026-11-30T15:59:00'],
    ['at six in the morning: that day is day 1', '2026-11-23T06:00', 1, '2026-11-23T17:00:00'],
    ['on Saturday: Monday is day 1', '2026-11-28T11:00', 1, '2026-11-30T17:00:00'],
    ['on Monday evening: Tuesday is day 1', '2026-11-23T20:00', 1, '2026-11-24T17:00:00'],
    ['on Saturday, three days on', '2026-11-28T11:00', 3, '2026-12-02T17:00:00'],
    ['in hours, three days on', '2026-11-23T09:15', 3, '2026-11-26T09:15:00'],
    ['on Christmas Eve 2026, to the day after the substitute', '2026-12-24T10:00', 1, '2026-12-29T10:00:00'],
    ['over the state funeral of 2022', '2022-09-16T12:00', 1, '2022-09-20T12:00:00'],
    ['over the spring change of clocks', '2026-03-27T15:30', 1, '2026-03-30T15:30:00'],
    ['with seconds, which are kept', '2026-11-23T14:00:17', 1, '2026-11-24T14:00:17'],
  ])('counts working days from a receipt %s', (_, received, days, due) => {
    expect(inLondon(workingDaysAfter(calendar, london(received), days))).toBe(due);
  });

  it.each([
    ['2026-11-23T14:00', '2026-11-25T00:00:00'],
    ['2026-11-27T16:30', '2026-12-01T00:00:00'],
    ['2026-11-28T11:00', '2026-12-01T00:00:00'],
    ['2026-11-23T06:00', '2026-11-25T00:00:00'],
  ])('puts the statutory limit of a receipt at %s at %s', (received, due) => {
    expect(inLondon(endOfWorkingDayAfter(calendar, london(received), 1))).toBe(due);
  });
});

describe('working time at any instant', () => {
  const instants = fc
    .integer({ min: Date.UTC(2019, 0, 1), max: Date.UTC(2030, 11, 31) })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
  const minutes = fc.integer({ min: 0, max: 5000 });

  it('puts one working day never later than the statutory limit', () => {
    fc.assert(
      fc.property(instants, (received) => {
        const due = workingDaysAfter(calendar, received, 1);
        expect(Temporal.Instant.compare(due, endOfWorkingDayAfter(calendar, received, 1))).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(received, due)).toBeLessThan(0);
      }),
    );
  });

  it('puts working days on a working day, never after closing time', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 10 }), (received, days) => {
        const due = workingDaysAfter(calendar, received, days);
        expect(isOpen(calendar, due.subtract({ milliseconds: 1 })) || isOpen(calendar, due)).toBe(true);
      }),
    );
  });

  it('never makes a later receipt due earlier on the same kind of clock', () => {
    fc.assert(
      fc.property(instants, minutes, fc.integer({ min: 0, max: 100_000 }), (from, length, later) => {
        const earlier = addWorkingMinutes(calendar, from, length);
        const after = addWorkingMinutes(calendar, from.add({ minutes: later }), length);
        expect(Temporal.Instant.compare(earlier, after)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('counts the working minutes that it added, and comes back by subtracting them', () => {
    fc.assert(
      fc.property(
        instants,
        minutes.filter((n) => n > 0),
        (from, length) => {
          const until = addWorkingMinutes(calendar, from, length);
          expect(workingMinutesBetween(calendar, from, until)).toBe(length);
          const back = subtractWorkingMinutes(calendar, until, length);
          expect(workingMinutesBetween(calendar, back, until)).toBe(length);
          expect(Temporal.Instant.compare(from, back)).toBeLessThanOrEqual(0);
        },
      ),
    );
  });

  it('refuses a calendar that never opens', () => {
    const shut = { ...calendar, openingOn: () => null };
    expect(() => workingDaysAfter(shut, london('2026-11-23T14:00'), 1)).toThrow(RangeError);
  });
});

describe('the bank holiday list', () => {
  it.each([
    ['2026-11-23', 769, false],
    ['2027-11-27', 400, false],
    ['2027-11-28', 399, true],
  ])('lists bank holidays on %s for %i days ahead', (today, days, isShort) => {
    expect(bankHolidayHorizon(Temporal.PlainDate.from(today))).toEqual({ days, isShort });
  });

  it('gives the local date after midnight in summer, when it is another day by UTC', () => {
    expect(localDate(calendar, Temporal.Instant.from('2026-07-01T23:30Z')).toString()).toBe('2026-07-02');
  });
});
