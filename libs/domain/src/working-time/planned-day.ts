const [FIRST_YEAR, LAST_YEAR] = [2000, 2100];

/**
 * A day that a rota, a policy or a calendar is made for.
 *
 * @param written a local date, `YYYY-MM-DD`, of the years 2000 to 2100: PostgreSQL, JavaScript and people read those alike
 * @throws RangeError for anything else
 */
export function plannedDay(written: string): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(written, { overflow: 'reject' });
  if (day.toString() !== written || day.year < FIRST_YEAR || day.year > LAST_YEAR) throw new RangeError('no such day');
  return day;
}
