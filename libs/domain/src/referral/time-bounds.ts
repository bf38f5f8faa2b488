import { localDate, type WorkingCalendar } from '../working-time/working-calendar.ts';

/** A date or a time of a referral that cannot be, beside the instant of its receipt. */
export interface ImpossibleTime {
  /** RFC 6901 pointer into the referral. */
  readonly pointer: string;
  readonly code: 'in_the_future' | 'too_long_ago' | 'too_far_ahead';
  /** What is expected there, and why. */
  readonly detail: string;
}

/** The dates and times of a referral. Dates of birth are local dates, `reportedAt` a date-time, `occurredAt` either. */
export interface SubmittedTimes {
  readonly children: readonly {
    readonly dateOfBirth?: string | undefined;
    readonly expectedDateOfBirth?: string | undefined;
  }[];
  readonly adults: readonly { readonly dateOfBirth?: string | undefined }[];
  readonly occurredAt: string | undefined;
  readonly reportedAt: string | undefined;
}

/** How far from the day of receipt a date may be; undefined where it has no bound. */
interface Bound {
  /** Local date or instant of the referral. */
  readonly value: string | undefined;
  readonly pointer: string;
  readonly since: Temporal.DurationLike;
  readonly tooLongAgo: string;
  /** Without it the date must have come. */
  readonly until?: { readonly span: Temporal.DurationLike; readonly tooFarAhead: string };
}

/** A sender's clock may be wrong, and its time zone left out: a moment of today is accepted, one of next week is not. */
const CLOCKS_DIFFER = { hours: 24 };
const NOT_YET = 'Must not be after the receipt of the referral: check the year and the time zone';

/**
 * The dates and times of a referral that cannot be, so that a wrong year or century does not change its rating.
 *
 * @param received the instant of receipt, by which each is judged on the hub's local date
 */
export function impossibleTimes(
  times: SubmittedTimes,
  received: Temporal.Instant,
  calendar: Pick<WorkingCalendar, 'timeZone'>,
): readonly ImpossibleTime[] {
  const today = localDate(calendar, received);
  return boundsOf(times).flatMap(({ value, pointer, since, tooLongAgo, until }): readonly ImpossibleTime[] => {
    if (value === undefined) return [];
    const day = isMoment(value)
      ? localDate(calendar, Temporal.Instant.from(value.toUpperCase()))
      : Temporal.PlainDate.from(value);
    if (Temporal.PlainDate.compare(day, today.subtract(since)) < 0) {
      return [{ pointer, code: 'too_long_ago', detail: tooLongAgo }];
    }
    if (until !== undefined && Temporal.PlainDate.compare(day, today.add(until.span)) > 0) {
      return [{ pointer, code: 'too_far_ahead', detail: until.tooFarAhead }];
    }
    const mustHaveCome = until === undefined;
    return mustHaveCome && !hasCome(value, received, today)
      ? [{ pointer, code: 'in_the_future', detail: NOT_YET }]
      : [];
  });
}

/** RFC 3339 allows a small t. */
const isMoment = (value: string) => /t/i.test(value);

function hasCome(value: string, received: Temporal.Instant, today: Temporal.PlainDate): boolean {
  return isMoment(value)
    ? Temporal.Instant.compare(Temporal.Instant.from(value.toUpperCase()), received.add(CLOCKS_DIFFER)) <= 0
    : Temporal.PlainDate.compare(value, today) <= 0;
}

function boundsOf({ children, adults, occurredAt, reportedAt }: SubmittedTimes): readonly Bound[] {
  return [
    ...children.flatMap((child, index): Bound[] => [
      {
        value: child.dateOfBirth,
        pointer: `/children/${index}/dateOfBirth`,
        // Children's services go on to the age of 25 for some (Children and Families Act 2014, Children and Social Work
        // Act 2017); the schema's estimatedAge ends there too.
        since: { years: 26 },
        tooLongAgo:
          'Must be in the last 26 years, because a referral is about a child or a person up to 25: check the year',
      },
      {
        value: child.expectedDateOfBirth,
        pointer: `/children/${index}/expectedDateOfBirth`,
        // Labour is induced two weeks after the date at the latest (NICE NG207); the news takes as long again.
        since: { days: 28 },
        tooLongAgo: 'Must not be more than 28 days ago: a child who is born has a dateOfBirth',
        // The length of a pregnancy, and the limit of the children in need census (rule 8606).
        until: {
          span: { days: 280 },
          tooFarAhead: 'Must be in the next 280 days, the length of a pregnancy: check the year',
        },
      },
    ]),
    ...adults.map(({ dateOfBirth }, index): Bound => ({
      value: dateOfBirth,
      pointer: `/adults/${index}/dateOfBirth`,
      // The oldest person whose age is proved was 122.
      since: { years: 122 },
      tooLongAgo: 'Must be in the last 122 years: check the year',
    })),
    {
      value: occurredAt,
      pointer: '/concern/occurredAt',
      // Harm of a person's childhood is told late in life; nothing older has a bearing on a child of today.
      since: { years: 80 },
      tooLongAgo: 'Must be in the last 80 years: check the year',
    },
    {
      value: reportedAt,
      pointer: '/reportedAt',
      // An older record is history, which belongs to the summary. The clocks that programs begin with (1970, 1900, 1)
      // are older.
      since: { years: 5 },
      tooLongAgo: 'Must be in the last 5 years: it is when the concern was recorded, not when it began',
    },
  ];
}
