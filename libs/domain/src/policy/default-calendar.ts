import { isBankHolidayOr } from '../working-time/bank-holidays.ts';
import { weeklyCalendar, type WorkingCalendar } from '../working-time/working-calendar.ts';
import type { CalendarData } from './triage-policy.ts';

/** Tameside's published front-door hours: what the service ships with until a hub sets its own. */
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

/** The calendar that a version's data stands for. */
export function workingCalendar({ timeZone, opening, localClosures }: CalendarData): WorkingCalendar {
  return weeklyCalendar(timeZone, opening, isBankHolidayOr(localClosures));
}
