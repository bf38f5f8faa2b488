import { DateTime } from 'luxon';

const MINUTE = 60_000;
/** When the front door opens and closes on each weekday. */
const HOURS: Readonly<Record<number, readonly [string, string]>> = {
  1: ['08:30', '17:00'],
  2: ['08:30', '17:00'],
  3: ['08:30', '17:00'],
  4: ['08:30', '16:30'],
  5: ['08:30', '16:00'],
};

/**
 * A second opinion on working time, for tests: a table of every minute from 2018 to 2036, open or shut, made with luxon
 * and walked one minute at a time. It shares only the opening hours with the code that it checks, and writes them out
 * again. Its methods have the names of the functions that they check, and take and return epoch milliseconds.
 */
export class MinuteWalkingOracle {
  private readonly start = DateTime.fromISO('2018-12-01T00:00', { zone: 'Europe/London' }).toMillis();
  private readonly minutes: number;
  private readonly open: Uint8Array;
  private readonly day: Int32Array;
  private readonly clock: Int16Array;

  /** @param holidays local dates, `YYYY-MM-DD` */
  constructor(holidays: ReadonlySet<string>) {
    const end = DateTime.fromISO('2036-03-01T00:00', { zone: 'Europe/London' }).toMillis();
    this.minutes = (end - this.start) / MINUTE;
    this.open = new Uint8Array(this.minutes);
    this.day = new Int32Array(this.minutes);
    this.clock = new Int16Array(this.minutes);
    for (let first = 0; first < this.minutes; first += 60) {
      // London's clocks change on the hour, so one reading an hour is enough.
      const local = DateTime.fromMillis(this.start + first * MINUTE, { zone: 'Europe/London' });
      const hours = holidays.has(local.toISODate()!) ? undefined : HOURS[local.weekday];
      const [opens, closes] = hours === undefined ? [0, 0] : [minuteOfDay(hours[0]), minuteOfDay(hours[1])];
      const day = local.year * 10_000 + local.month * 100 + local.day;
      for (let minute = first; minute < Math.min(first + 60, this.minutes); minute++) {
        const clock = local.hour * 60 + local.minute + (minute - first);
        this.clock[minute] = clock;
        this.day[minute] = day;
        this.open[minute] = opens <= clock && clock < closes ? 1 : 0;
      }
    }
  }

  /** @param received epoch milliseconds on a whole minute */
  workingDaysAfter(received: number, days: number): number {
    const from = this.index(received);
    return this.open[from] === 1 ? this.sameTimeAfter(from, days) : this.closeOfDayCounted(from, days);
  }

  addWorkingMinutes(from: number, minutes: number): number {
    let at = this.index(from);
    for (let left = minutes; left > 0; at++) left -= this.open[at]!;
    return this.instant(at);
  }

  subtractWorkingMinutes(before: number, minutes: number): number {
    let at = this.index(before);
    for (let left = minutes; left > 0;) left -= this.open[--at]!;
    return this.instant(at);
  }

  workingMinutesBetween(from: number, to: number): number {
    let total = 0;
    for (let at = this.index(from); at < this.index(to); at++) total += this.open[at]!;
    return total;
  }

  endOfWorkingDayAfter(received: number, days: number): number {
    let at = this.index(received);
    at = this.nextOpenDay(at, days);
    const day = this.day[at];
    while (this.day[at] === day) at++;
    return this.instant(at);
  }

  private sameTimeAfter(from: number, days: number): number {
    let at = this.nextOpenDay(from, days);
    while (this.open[at] === 1 && this.clock[at]! < this.clock[from]!) at++;
    return this.instant(at);
  }

  private closeOfDayCounted(from: number, days: number): number {
    let at = from;
    while (this.open[at] === 0) at++;
    at = this.nextOpenDay(at, days - 1);
    while (this.open[at] === 1) at++;
    return this.instant(at);
  }

  /** The first open minute of the nth open day after the day of `from`; `from` itself when n is 0. */
  private nextOpenDay(from: number, n: number): number {
    let at = from;
    for (let count = 0; count < n; count++) {
      const day = this.day[at];
      while (this.day[at] === day || this.open[at] === 0) at++;
    }
    return at;
  }

  private index(instant: number): number {
    return (instant - this.start) / MINUTE;
  }

  private instant(index: number): number {
    return this.start + index * MINUTE;
  }
}

/** @param time such as `08:30` */
function minuteOfDay(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}
