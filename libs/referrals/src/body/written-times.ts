/** Whether it is a date that exists, `YYYY-MM-DD`. */
export const isLocalDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && exists(value);
/** Whether it is an RFC 3339 date and time with its offset. */
export const isDateTime = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i.test(value) &&
  isInstant(value);

function exists(date: string): boolean {
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString() === date;
  } catch {
    return false;
  }
}

function isInstant(written: string): boolean {
  try {
    Temporal.Instant.from(written.toUpperCase());
    return true;
  } catch {
    return false;
  }
}
