import fc from 'fast-check';
import { localMoment, readTimeOfDay } from './time-of-day.ts';

describe('a time of day', () => {
  it.each([
    ['14:30', '14:30'], ['1430', '14:30'], ['14.30', '14:30'], ['14 30', '14:30'], ['14h30', '14:30'], ['1430 hrs', '14:30'],
    ['2.30pm', '14:30'], ['2:30 p.m.', '14:30'], ['2:30 PM', '14:30'], ['0230pm', '14:30'], ['14.30pm', '14:30'],
    ['2 pm', '14:00'], ['2pm', '14:00'], ['12am', '00:00'], ['12.15am', '00:15'], ['12pm', '12:00'], ['9.05', '09:05'],
    ['905', '09:05'], ['0:00', '00:00'], ['23:59', '23:59'], ['14:30:00', '14:30'], ['14:30:15', '14:30'], ['14.30.', '14:30'], ['12 noon', '12:00'], ['12 midnight', '00:00'], ['midday', '12:00'], ['Midnight', '00:00'],
    ['\u200e14:30\u00a0', '14:30'], ['１４：３０', '14:30'],
  ])('is read from %j as %s', (written, time) => expect(readTimeOfDay(written)?.toString({ smallestUnit: 'minute' })).toBe(time)); // prettier-ignore

  it.each(['', '2', '14', '25:00', '24:00', '14:60', '14am', '13.30am', 'half past two', '2.3pm', '14:300', '12345', 'pm', '-1:30'])(
    'is not told by %j',
    (written) => expect(readTimeOfDay(written)).toBeNull(),
  ); // prettier-ignore

  it('is read again from each way to write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const time = Temporal.PlainTime.from({ hour, minute });
        const [hours, minutes] = [String(hour).padStart(2, '0'), String(minute).padStart(2, '0')];
        const half = `${hour % 12 === 0 ? 12 : hour % 12}.${minutes}${hour < 12 ? 'am' : 'pm'}`;
        for (const written of [`${hours}:${minutes}`, `${hours}${minutes}`, `${hours}.${minutes}`, half]) {
          expect([written, readTimeOfDay(written)?.equals(time)]).toEqual([written, true]);
        }
      }),
    );
  });
});

describe('a local moment', () => {
  it.each([
    ['2027-03-28', '01:30', null],
    ['2027-03-28', '02:00', '2027-03-28T01:00:00Z'],
    ['2027-03-28', '00:59', '2027-03-28T00:59:00Z'],
    ['2027-10-31', '01:30', '2027-10-31T00:30:00Z'],
  ])('of %s at %s by the clocks of London is %s', (date, time, instant) => {
    const moment = localMoment('Europe/London', Temporal.PlainDate.from(date), Temporal.PlainTime.from(time));
    expect(moment?.toString() ?? null).toBe(instant);
  });
});
