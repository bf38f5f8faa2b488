import { isWorkingDay, localDate, WEEKDAYS } from '../working-time/working-calendar.ts';
import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import { timeUntil, type Moment } from './moment.ts';
import type { ChildStanding, Standing } from './standing.ts';

/** The bands of the age of an open referral: elapsed hours on its first day, then working days. */
export const OPEN_AGES = [
  'under_4_hours',
  '4_to_24_hours',
  '1_working_day',
  '2_working_days',
  '3_working_days',
  '4_to_5_working_days',
  'over_5_working_days',
] as const;
export type OpenAge = (typeof OPEN_AGES)[number];

const HOUR_MS = 3_600_000;

/** The band that the age of a referral falls in at an instant. */
export function openAge(receivedAt: Temporal.Instant, moment: Moment): OpenAge {
  const hours = (moment.asOf.epochMilliseconds - receivedAt.epochMilliseconds) / HOUR_MS;
  if (hours < 4) return 'under_4_hours';
  if (hours < 24) return '4_to_24_hours';
  const days = timeUntil(moment).daysAfter(receivedAt);
  if (days <= 1) return '1_working_day';
  if (days <= 3) return days === 2 ? '2_working_days' : '3_working_days';
  return days <= 5 ? '4_to_5_working_days' : 'over_5_working_days';
}

/** The working days after the day of an instant, up to and with the day of another; no more than `most`. */
export function workingDaysSince(
  calendar: WorkingCalendar,
  from: Temporal.Instant,
  to: Temporal.Instant,
  most: number,
): number {
  const last = localDate(calendar, to);
  let days = 0;
  for (
    let date = localDate(calendar, from).add({ days: 1 });
    Temporal.PlainDate.compare(date, last) <= 0 && days < most;
    date = date.add({ days: 1 })
  ) {
    if (isWorkingDay(calendar, date)) days++;
  }
  return days;
}

/** The five groups of DfE's statistics, from the codes of the children in need census. */
const ETHNIC_GROUPS: ReadonlyMap<string, string> = new Map([
  ...['WBRI', 'WIRI', 'WIRT', 'WOTH', 'WROM'].map((code) => [code, 'white'] as const),
  ...['MWBC', 'MWBA', 'MWAS', 'MOTH'].map((code) => [code, 'mixed'] as const),
  ...['AIND', 'APKN', 'ABAN', 'AOTH', 'CHNE'].map((code) => [code, 'asian'] as const),
  ...['BCRB', 'BAFR', 'BOTH'].map((code) => [code, 'black'] as const),
  ['OOTH', 'other'],
]);

const NOT_RECORDED = 'not_recorded';

function ageOf({ age, isUnborn }: ChildStanding): string {
  if (isUnborn) return 'unborn';
  if (age === null) return NOT_RECORDED;
  if (age < 1) return 'under_1';
  if (age < 5) return '1_to_4';
  if (age < 10) return '5_to_9';
  return age < 16 ? '10_to_15' : '16_and_over';
}

const pad = (hour: number) => String(hour).padStart(2, '0');

/** The groups that a referral belongs to, by what figures are broken down. One may belong to several, or to none. */
const GROUPS = {
  rating: ({ rating }) => [rating],
  channel: ({ channel }) => [channel],
  agency: ({ agencyId }) => [agencyId],
  concern: ({ concernTypes }) => concernTypes,
  source: ({ sourceCode }) => [sourceCode ?? NOT_RECORDED],
  outcome: ({ outcome }) => (outcome === null ? [] : [outcome]),
  level: ({ thresholdLevel }) => (thresholdLevel === null ? [] : [String(thresholdLevel)]),
  decider: ({ decidedBy }) => (decidedBy === null ? [] : [decidedBy]),
  rule: ({ suggestedBy }) => suggestedBy,
  'sign-off-reason': ({ signOffReasons }) => signOffReasons,
  month: (standing, moment) => [localDate(moment.calendar, standing.receivedAt).toString().slice(0, 7)],
  day: (standing, moment) => [localDate(moment.calendar, standing.receivedAt).toString()],
  weekday: (standing, moment) => [weekdayOf(standing, moment)],
  hour: (standing, moment) => [hourOf(standing, moment)],
  'weekday-hour': (standing, moment) => [`${weekdayOf(standing, moment)} ${hourOf(standing, moment)}`],
  'open-age': ({ receivedAt }, moment) => [openAge(receivedAt, moment)],
  'child-age': ({ children }) => each(children, ageOf),
  ethnicity: ({ children }) => each(children, ({ ethnicity }) => ETHNIC_GROUPS.get(ethnicity ?? '') ?? NOT_RECORDED),
  disability: ({ children }) =>
    each(children, ({ isDisabled }) => (isDisabled === null ? NOT_RECORDED : isDisabled ? 'yes' : 'no')),
} as const satisfies Readonly<Record<string, (standing: Standing, moment: Moment) => readonly string[]>>;

/** By what figures may be broken down. */
export type Breakdown = keyof typeof GROUPS;
export const BREAKDOWNS = Object.keys(GROUPS) as readonly Breakdown[];

export function isBreakdown(text: string): text is Breakdown {
  return Object.hasOwn(GROUPS, text);
}

/** The codes of the groups that a referral belongs to, each once. */
export function groupsOf(by: Breakdown, standing: Standing, moment: Moment): readonly string[] {
  return GROUPS[by](standing, moment);
}

function weekdayOf({ receivedAt }: Standing, { calendar }: Moment): string {
  return WEEKDAYS[localDate(calendar, receivedAt).dayOfWeek - 1]!;
}

function hourOf({ receivedAt }: Standing, { calendar }: Moment): string {
  return pad(receivedAt.toZonedDateTimeISO(calendar.timeZone).hour);
}

function each(children: readonly ChildStanding[], group: (child: ChildStanding) => string): readonly string[] {
  return [...new Set(children.map(group))];
}
