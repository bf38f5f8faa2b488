/** An instant to the second, where it is read as proof: such as `23 November 2026, 14:10:05`. */
export function exactTime(instant: Temporal.Instant, zone: string): string {
  const local = instant.toZonedDateTimeISO(zone);
  const date = local.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  return `${date}, ${local.toPlainTime().toString({ smallestUnit: 'second' })}`;
}
