import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { lastShiftChange, nextOpening } from './shift-change.ts';

const calendar = workingCalendar(DEFAULT_CALENDAR);
const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const local = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString({ smallestUnit: 'minute' });

it.each([
  ['2026-11-23T08:29', 'emergency_duty_team', '2026-11-20T16:00', '2026-11-23T08:30'],
  ['2026-11-23T08:30', 'hub', '2026-11-23T08:30', '2026-11-24T08:30'],
  ['2026-11-23T16:59', 'hub', '2026-11-23T08:30', '2026-11-24T08:30'],
  ['2026-11-23T17:00', 'emergency_duty_team', '2026-11-23T17:00', '2026-11-24T08:30'],
  ['2026-11-24T03:00', 'emergency_duty_team', '2026-11-23T17:00', '2026-11-24T08:30'],
  // Christmas on a Friday, then a weekend and the substitute for Boxing Day.
  ['2026-12-27T12:00', 'emergency_duty_team', '2026-12-24T16:30', '2026-12-29T08:30'],
])('says at %s that the front door was passed to the %s at %s, and opens next at %s', (now, to, since, opens) => {
  const change = lastShiftChange(calendar, at(now));
  expect([change.to, local(change.at), local(nextOpening(calendar, at(now)))]).toEqual([to, since, opens]);
});
