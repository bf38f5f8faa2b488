import { atLocalTime } from '#domain';

/** The referrals that were received in a month, as a cohort. @param timeZone in which its days begin */
export function receivedInMonth(month: Temporal.PlainDate, timeZone: string) {
  const start = (day: Temporal.PlainDate) => atLocalTime({ timeZone }, day, '00:00');
  return { received: { from: start(month), to: start(month.add({ months: 1 })) } };
}
