import { firstDueAt, isAtOrBefore, minutesOverdue, type Standing, type WorkingCalendar } from '#domain';

/** What a day's counts need to know of a referral. */
export type InDay = Pick<Standing, 'receivedAt' | 'effectiveAt' | 'rating' | 'dueAt' | 'statutoryDueAt'> & {
  readonly children: number;
};

export interface DayCounts {
  readonly received: number;
  readonly decided: number;
  /** Null on a day on which the front door stays shut. */
  readonly openAtOpening: number | null;
  readonly openAtEnd: number;
  readonly overdueAtEnd: number;
  readonly overdueChildHours: number;
}

const isOpenAt = ({ receivedAt, effectiveAt }: InDay, at: Temporal.Instant): boolean =>
  isAtOrBefore(receivedAt, at) && (effectiveAt === null || !isAtOrBefore(effectiveAt, at));

/**
 * Counts a day: what came, what was decided, and what was left.
 *
 * @param present the referrals that were open at its beginning, and those that were received in it
 * @param day its beginning, and that of the next day, as instants; and when the front door opened, if it did
 * @returns the counts, and the referrals that were open at the end
 */
export function countDay(
  present: readonly InDay[],
  day: {
    readonly from: Temporal.Instant;
    readonly to: Temporal.Instant;
    readonly opensAt: Temporal.Instant | null;
  },
  calendar: WorkingCalendar,
): { readonly counts: DayCounts; readonly left: readonly InDay[] } {
  const { from, to, opensAt } = day;
  const left = present.filter(({ effectiveAt }) => effectiveAt === null || isAtOrBefore(to, effectiveAt));
  const overdue = left.filter((one) => isAtOrBefore(firstDueAt(one), to));
  const minutes = overdue.map((one) => minutesOverdue(one, { asOf: to, calendar }) * one.children);
  const counts = {
    received: present.filter(({ receivedAt }) => isAtOrBefore(from, receivedAt)).length,
    decided: present.length - left.length,
    openAtOpening: opensAt === null ? null : present.filter((one) => isOpenAt(one, opensAt)).length,
    openAtEnd: left.length,
    overdueAtEnd: overdue.length,
    overdueChildHours: minutes.reduce((sum, one) => sum + one, 0) / 60,
  };
  return { counts, left };
}
