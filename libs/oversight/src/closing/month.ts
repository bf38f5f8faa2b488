import { startOfDay } from '../months/start-of-day.ts';

/** The referrals that were received in a month, as a cohort. @param timeZone in which its days begin */
export function receivedInMonth(month: Temporal.PlainDate, timeZone: string) {
  const start = (day: Temporal.PlainDate) => startOfDay(timeZone, day);
  return { received: { from: start(month), to: start(month.add({ months: 1 })) } };
}
