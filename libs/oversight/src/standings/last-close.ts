import { sql, type Transaction } from '#store';

/** The instant as of which the latest day was closed; null while none has been. */
export async function lastClose(tx: Transaction): Promise<Temporal.Instant | null> {
  const { asOf } = (await tx.row<{ asOf: Temporal.Instant | null }>(sql`SELECT max(as_of) AS "asOf" FROM day_close`))!;
  return asOf;
}
