/** The days from one rare event to the next. */
export interface Gap {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  readonly days: number;
}

export interface DaysBetween {
  /** Between one event and the next, in the order of time; two events on one day are 0 days apart. */
  readonly gaps: readonly Gap[];
  /** Days from the last event to the day that is looked at, null where there was none. */
  readonly sinceLast: number | null;
  /** Of the gaps, null where there is none. */
  readonly longest: number | null;
  readonly median: number | null;
}

/**
 * Events that are too rare for a share by month, such as a red that was late, are counted by the days between them: a
 * month without one says little, and a long gap says much.
 *
 * @param events local dates, in any order
 * @param on the day that is looked at; later events are left out
 */
export function daysBetween(events: readonly Temporal.PlainDate[], on: Temporal.PlainDate): DaysBetween {
  const inOrder = events
    .filter((event) => Temporal.PlainDate.compare(event, on) <= 0)
    .sort((one, other) => Temporal.PlainDate.compare(one, other));
  const gaps = inOrder
    .slice(1)
    .map((to, index) => ({ from: inOrder[index]!, to, days: inOrder[index]!.until(to).days }));
  const last = inOrder.at(-1);
  return {
    gaps,
    sinceLast: last === undefined ? null : last.until(on).days,
    longest: gaps.length === 0 ? null : Math.max(...gaps.map(({ days }) => days)),
    median: medianOf(gaps.map(({ days }) => days)),
  };
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const inOrder = [...values].sort((a, b) => a - b);
  const middle = inOrder.length / 2;
  return (inOrder[Math.ceil(middle) - 1]! + inOrder[Math.floor(middle)]!) / 2;
}
