import type { DataSource, EntityMetadata, EntityTarget } from 'typeorm';
import { join, raw, sql, type Sql } from './sql.ts';

/** What a change of a row may set: the columns that say that it changed are set by themselves. */
export type Change<E> = Partial<Omit<E, 'id' | 'version' | 'lastChangedAt'>>;

/** One row of a table, by columns that identify it. */
export function selectOne<E extends object>(
  source: DataSource,
  table: EntityTarget<E>,
  where: Partial<E>,
  columns: readonly (keyof E & string)[],
): Sql {
  const metadata = source.getMetadata(table);
  const selected = columns.map((property) => `${columnOf(metadata, property)} AS "${property}"`).join(', ');
  const conditions = Object.entries(where).map(
    ([property, value]) => sql`${raw(columnOf(metadata, property))} = ${value}`,
  );
  return sql`SELECT ${raw(selected)} FROM ${raw(`"${metadata.tableName}"`)} WHERE ${join(conditions, ' AND ')} LIMIT 1`;
}

/**
 * Changes one row. A table that counts its changes counts this one (`version`), and says when it was
 * (`last_changed_at`): a guarded act of another person sees it, and the pages that show the row are told.
 */
export function updateOne<E extends object>(
  source: DataSource,
  table: EntityTarget<E>,
  id: string,
  change: Change<E>,
  now: Temporal.Instant,
): Sql {
  const metadata = source.getMetadata(table);
  const set = Object.entries(change).map(
    ([property, value]) => sql`${raw(columnOf(metadata, property))} = ${asColumn(metadata, property, value)}`,
  );
  if (has(metadata, 'version')) set.push(sql`version = version + 1`);
  if (has(metadata, 'lastChangedAt')) set.push(sql`last_changed_at = ${now}`);
  return sql`UPDATE ${raw(`"${metadata.tableName}"`)} SET ${join(set, ', ')} WHERE id = ${id}`;
}

function has(metadata: EntityMetadata, property: string): boolean {
  return metadata.findColumnWithPropertyName(property) !== undefined;
}

function columnOf(metadata: EntityMetadata, property: string): string {
  return `"${metadata.findColumnWithPropertyName(property)!.databaseName}"`;
}

function asColumn(metadata: EntityMetadata, property: string, value: unknown): unknown {
  return metadata.findColumnWithPropertyName(property)!.type === 'jsonb' && value !== null
    ? JSON.stringify(value)
    : value;
}
