/** The tables that a statement writes by its text, in any of its parts. */
const WRITES = /\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)/g;
/** A statement of the schema may change anything: the clock of the tests is such a one. */
const CHANGES_ANYTHING = /^\s*(?:CREATE|ALTER|DROP|TRUNCATE|DO)\b/;
const ANYTHING = '*';

/** More texts than the service has statements: one that makes new texts without end does not fill the memory. */
const TEXTS_KEPT = 5_000;
const tablesByText = new Map<string, readonly string[]>();

/** All users of one database in this process share these counts: two apps of one test have a pool each. */
const countsByDatabase = new Map<string, Map<string, number>>();

/** The tables that a statement writes. */
export function tablesWritten(text: string): readonly string[] {
  let tables = tablesByText.get(text);
  if (tables === undefined) {
    tables = CHANGES_ANYTHING.test(text) ? [ANYTHING] : [...text.matchAll(WRITES)].map(([, table]) => table!);
    if (tablesByText.size < TEXTS_KEPT) tablesByText.set(text, tables);
  }
  return tables;
}

/** Says that this process has written tables, once others can see it. */
export function countWrites(database: string, tables: Iterable<string>): void {
  const counts = countsByDatabase.get(database) ?? new Map<string, number>();
  countsByDatabase.set(database, counts);
  for (const table of tables) counts.set(table, (counts.get(table) ?? 0) + 1);
}

/** How often this process has written any of these tables. */
export function timesWritten(database: string, tables: readonly string[]): number {
  const counts = countsByDatabase.get(database);
  return [ANYTHING, ...tables].reduce((sum, table) => sum + (counts?.get(table) ?? 0), 0);
}
