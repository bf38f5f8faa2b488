import { sql } from '#store';

/** A description is longer than a title: as much of it as tells children apart. */
const MOST = 60;

/**
 * The name of a child or an adult as submitted, in SQL: the beginning of the description where no name was given, empty
 * without either, null where the person may not read it. The row that it reads is called `who`. Every page that shows a name of a list takes it from here.
 */
export const SUBMITTED_NAME = sql`CASE WHEN who.submitted IS NOT NULL THEN coalesce(
  nullif(concat_ws(' ', who.submitted->>'firstName', who.submitted->>'lastName', who.submitted->>'name'), ''),
  (SELECT CASE WHEN length(line) > ${MOST} THEN rtrim(left(line, ${MOST - 1}), ' ,.;:') || '…' ELSE line END
    FROM regexp_replace(trim(who.submitted->>'description'), '\\s+', ' ', 'g') line), '') END`;

/** The same of a child that has been read. */
export function submittedName(child: {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly description?: string;
}): string {
  const name = [child.firstName, child.lastName].filter(Boolean).join(' ');
  if (name !== '') return name;
  const line = (child.description ?? '').trim().replaceAll(/\s+/g, ' ');
  const points = [...line];
  return points.length > MOST
    ? `${points
        .slice(0, MOST - 1)
        .join('')
        .replace(/[ ,.;:]+$/, '')}…`
    : line;
}
