import type { VersionsPage } from '#deadlines';
import { bankHolidaysOf, dateInWords, WEEKDAYS, type CalendarData } from '#domain';
import { DAY_NAMES } from '../../shell/words/words.ts';
import type { FormOfVersion } from '../policy/version-forms.ts';
import { presentVersions } from '../policy/versions.presenter.ts';
import { fieldOf, fromFields, toFields } from './calendar.form.ts';

export const CALENDAR: FormOfVersion<CalendarData> = {
  template: 'pages/calendar/calendar-change.njk',
  readAt: '/calendar',
  toFields,
  fromFields,
  fieldOf,
  asVersion: (calendar) => ({ kind: 'calendar', calendar }),
  present: () => ({ days: WEEKDAYS.map((code) => ({ code, name: DAY_NAMES[code] })) }),
};

export function presentCalendar(page: VersionsPage<CalendarData>, zone: string) {
  const { version, data } = page.versions.find(({ isInForce }) => isInForce)!;
  const today = page.now.toZonedDateTimeISO(zone).toPlainDate();
  const ahead = (days: readonly string[]) => days.filter((day) => day >= today.toString()).map(inWords);
  return {
    version,
    days: WEEKDAYS.map((day) => ({ name: DAY_NAMES[day], hours: data.opening[day] })),
    closures: ahead(data.localClosures),
    bankHolidays: ahead([today.year, today.year + 1].flatMap((year) => bankHolidaysOf(year))),
    versions: presentVersions(page, zone),
  };
}

function inWords(day: string): string {
  return dateInWords(Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant(), 'UTC');
}
