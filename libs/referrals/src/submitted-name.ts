import { sql } from '#store';

/**
 * The name of a child or an adult as submitted, in SQL: the description where no name was given, empty without either.
 * The row that it reads is called `who`. Every page that shows a name of a list takes it from here.
 */
export const SUBMITTED_NAME = sql`coalesce(
  nullif(concat_ws(' ', who.submitted->>'firstName', who.submitted->>'lastName', who.submitted->>'name'), ''),
  who.submitted->>'description', '')`;
