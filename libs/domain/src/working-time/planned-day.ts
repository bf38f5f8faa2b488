const [FIRST_YEAR, LAST_YEAR] = [2000, 2100];

/**
 * Reads a day for which a rota, a policy or a calendar is made. The years are limited to 2000 to 2100, because
 * PostgreSQL, JavaScript and people read these dates alike.
 *
 * @param written a local date, `YYYY-MM-DD`
 * @throws RangeError when the text has another form, or the day does not exist or is in another year
 */
export function plannedDay(written: string): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(written, { overflow: 'reject' });
  if (day.toString() !== written || day.year < FIRST_YEAR || day.year > LAST_YEAR) throw new RangeError('no such day');
  return day;
}
