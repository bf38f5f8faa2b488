import { atLocalTime, localDate, type WorkingCalendar } from './working-calendar.ts';

const DAY_MS = 86_400_000;
const MS_PER_MINUTE = 60_000;

/** A local day as it is counted: instants in milliseconds since 1970. */
interface Day {
  readonly date: Temporal.PlainDate;
  readonly startsAt: number;
  /** The opening hours that are over by the end instant; both are the same when there are none. */
  readonly opensAt: number;
  readonly closesAt: number;
  /** Working milliseconds, and working days, after this day. */
  readonly workingMsAfter: number;
  readonly workingDaysAfter: number;
  readonly isWorkingDay: boolean;
}

/**
 * Working time up to one instant, for very many beginnings: the same as `workingMinutesBetween`, from sums that are kept
 * by day, so that a figure of thousands of open referrals does not walk the same weeks thousands of times.
 */
export class WorkingTimeUntil {
  /** From the day of the end instant backwards. */
  private readonly days: Day[] = [];

  constructor(
    private readonly calendar: WorkingCalendar,
    private readonly end: Temporal.Instant,
  ) {}

  /** Whole working minutes from an instant to the end, rounded down; 0 when it is not before the end. */
  minutesSince(from: Temporal.Instant): number {
    const at = from.epochMilliseconds;
    if (at >= this.end.epochMilliseconds) return 0;
    const { opensAt, closesAt, workingMsAfter } = this.dayOf(at);
    return Math.floor((Math.max(closesAt - Math.max(opensAt, at), 0) + workingMsAfter) / MS_PER_MINUTE);
  }

  /** The working days after the local day of an instant, up to and with the day of the end. */
  daysAfter(from: Temporal.Instant): number {
    const at = from.epochMilliseconds;
    return at >= this.end.epochMilliseconds ? 0 : this.dayOf(at).workingDaysAfter;
  }

  private dayOf(at: number): Day {
    if (this.days.length === 0) this.days.push(this.dayBefore(null));
    // A day has 23 to 25 hours: the guess is one off at the most, in either direction.
    let place = Math.max(0, Math.floor((this.days[0]!.startsAt - at) / DAY_MS) - 1);
    while (this.days.length <= place) this.days.push(this.dayBefore(this.days.at(-1)!));
    while (this.days[place]!.startsAt > at) {
      place++;
      if (this.days.length === place) this.days.push(this.dayBefore(this.days.at(-1)!));
    }
    return this.days[place]!;
  }

  /** The day before another; the day of the end without one. */
  private dayBefore(next: Day | null): Day {
    const date = next === null ? localDate(this.calendar, this.end) : next.date.subtract({ days: 1 });
    const opening = this.calendar.openingOn(date);
    const startsAt = atLocalTime(this.calendar, date, '00:00').epochMilliseconds;
    const closesAt = Math.min(opening?.closesAt.epochMilliseconds ?? startsAt, this.end.epochMilliseconds);
    return {
      ...{ date, startsAt, isWorkingDay: opening !== null },
      opensAt: Math.min(opening?.opensAt.epochMilliseconds ?? startsAt, closesAt),
      closesAt,
      workingMsAfter: next === null ? 0 : next.workingMsAfter + next.closesAt - next.opensAt,
      workingDaysAfter: next === null ? 0 : next.workingDaysAfter + Number(next.isWorkingDay),
    };
  }
}
