import { Injectable } from '@nestjs/common';
import { Database, SERVICE, sql, type Transaction } from '#store';

/** So many months after the present one are made ahead. */
export const MONTHS_AHEAD = 3;

/**
 * The months that have no partition of their own: of the present one and those that follow, and of entries that came
 * before their month was made.
 *
 * @param ahead how many months after the present one
 * @returns as `YYYY-MM`, the earliest first
 */
export async function missingRecordMonths(tx: Transaction, ahead: number): Promise<readonly string[]> {
  const missing = await tx.rows<{ month: string }>(sql`
    SELECT to_char(month, 'YYYY-MM') AS month FROM (
      SELECT date_trunc('month', at AT TIME ZONE 'UTC') AS month FROM audit.entry_other
      UNION
      SELECT date_trunc('month', ${tx.now}::timestamptz AT TIME ZONE 'UTC') + make_interval(months => n)
      FROM generate_series(0, ${ahead}::int) n
    ) needed
    WHERE to_regclass('audit.entry_' || to_char(month, 'YYYY_MM')) IS NULL ORDER BY month`);
  return missing.map(({ month }) => month);
}

/** Makes the partitions of the record: each month has its own before its first entry comes. */
@Injectable()
export class MakeRecordMonths {
  constructor(private readonly database: Database) {}

  /**
   * Each month in a transaction of its own. What one worker has made, another leaves.
   *
   * @throws a database error when a long reading is in the way; the next time makes it good
   */
  async execute(): Promise<void> {
    const service = this.database.as(SERVICE);
    for (const month of await service.transaction((tx) => missingRecordMonths(tx, MONTHS_AHEAD))) {
      await service.run(sql`SELECT mash.make_record_month(${`${month}-01`}::date)`);
    }
  }
}
