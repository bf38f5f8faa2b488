import { isBankHolidayOr } from '../working-time/bank-holidays.ts';
import { weeklyCalendar, type WorkingCalendar } from '../working-time/working-calendar.ts';
import type { CalendarData } from './triage-policy.ts';

/** The calendar that the service ships with (policy key `workingCalendar`): Tameside's published front-door hours. */
export const DEFAULT_CALENDAR: CalendarData = {
  timeZone: 'Europe/London',
  opening: {
    mon: ['08:30', '17:00'],
    tue: ['08:30', '17:00'],
    wed: ['08:30', '17:00'],
    thu: ['08:30', '16:30'],
    fri: ['08:30', '16:00'],
    sat: null,
    sun: null,
  },
  localClosures: [],
};

/**
 * The working calendar of a calendar version: its weekly opening hours, less bank holidays and its closure days.
 *
 * @param data the data of a version, which `calendarFaults` has accepted
 * @throws RangeError later, when the calendar is asked about a day, if the time zone or an opening time does not exist
 */
export function workingCalendar({ timeZone, opening, localClosures }: CalendarData): WorkingCalendar {
  return weeklyCalendar(timeZone, opening, isBankHolidayOr(localClosures));
}
