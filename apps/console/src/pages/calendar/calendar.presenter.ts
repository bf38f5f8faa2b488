import type { VersionsPage } from '#deadlines';
import { bankHolidaysOf, dateInWords, WEEKDAYS, type CalendarData, type OpeningHours } from '#domain';
import type { Typed } from '#work';
import { FormFields } from '../../shell/forms/form-fields.ts';
import { summaryList } from '../../shell/govuk/summary-list.ts';
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
  present: presentFields,
};

function presentFields(typed: Typed) {
  const time = (name: string, label: string) => ({ name, label, value: typed[name] ?? '' });
  const closures = {
    label: 'Days on which the hub is closed',
    isLarge: true,
    hint: 'One a line, such as 2026-12-24. Bank holidays that GOV.UK lists are known; a newly proclaimed one is entered here.',
    classes: 'govuk-!-width-one-third',
  };
  return {
    days: WEEKDAYS.map((day) => ({
      name: DAY_NAMES[day],
      opens: time(`${day}.from`, 'Opens'),
      closes: time(`${day}.until`, 'Closes'),
    })),
    closures: new FormFields(typed, null).textarea('closures', closures, { rows: 6 }),
  };
}

export function presentCalendar(page: VersionsPage<CalendarData>, zone: string) {
  const { version, data } = page.versions.find(({ isInForce }) => isInForce)!;
  const today = page.now.toZonedDateTimeISO(zone).toPlainDate();
  const ahead = (days: readonly string[]) => days.filter((day) => day >= today.toString()).map(inWords);
  return {
    version,
    hours: summaryList(WEEKDAYS.map((day) => ({ key: DAY_NAMES[day], value: hoursInWords(data.opening[day]) }))),
    closures: ahead(data.localClosures),
    bankHolidays: ahead([today.year, today.year + 1].flatMap((year) => bankHolidaysOf(year))),
    versions: presentVersions(page, zone),
  };
}

function hoursInWords(hours: OpeningHours | null): string {
  return hours === null ? 'Closed' : `${hours[0]} to ${hours[1]}`;
}

function inWords(day: string): string {
  return dateInWords(Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant(), 'UTC');
}
