import tag, { empty, join, raw, Sql } from 'sql-template-tag';

/**
 * A statement, or a part of one: `sql\`… WHERE id = ${id}\``. Every value becomes a parameter; a part that is itself
 * `sql` is put in its place, with its own values.
 */
export const sql = tag;

/** A list of parts or values with a separator, a part that says nothing, and a statement's type. */
export { empty, join, Sql };

/** Text that goes into a statement as it stands. Only for statements of tests and of the schema: never with a value. */
export { raw };
