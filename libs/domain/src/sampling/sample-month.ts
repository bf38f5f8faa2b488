import { UNDO_SECONDS } from '../decisions/undo.ts';
import { atLocalTime } from '../working-time/working-calendar.ts';

/** The instants of a month's dip sample. */
export interface SampleMonth {
  /** The first day of the month, a local date. */
  readonly firstDay: Temporal.PlainDate;
  /** The first instant of the month, and the first after it. */
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
  /** From when it can be drawn: no decision of the month can be taken back any more. */
  readonly closedAt: Temporal.Instant;
  /** By when it is to be read: before the sample of the next month is drawn. */
  readonly dueAt: Temporal.Instant;
}

/**
 * @param month such as `2026-10`
 * @throws RangeError when it is no month
 */
export function sampleMonth(calendar: { readonly timeZone: string }, month: string): SampleMonth {
  const yearMonth = Temporal.PlainYearMonth.from(month);
  if (yearMonth.toString() !== month) throw new RangeError('no such month');
  const startOf = (one: Temporal.PlainYearMonth) => atLocalTime(calendar, one.toPlainDate({ day: 1 }), '00:00');
  const until = startOf(yearMonth.add({ months: 1 }));
  return {
    firstDay: yearMonth.toPlainDate({ day: 1 }),
    from: startOf(yearMonth),
    until,
    closedAt: until.add({ seconds: UNDO_SECONDS }),
    dueAt: startOf(yearMonth.add({ months: 2 })),
  };
}
