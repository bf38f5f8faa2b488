import type { Localities } from '#domain';
import { sql, type Transaction } from '#store';

/** The table of localities that holds now. */
export interface LocalitiesInForce {
  readonly version: number;
  readonly localities: Localities;
}

export async function localitiesInForce(tx: Transaction): Promise<LocalitiesInForce> {
  const found = await tx.row<LocalitiesInForce>(sql`
    SELECT version, localities FROM locality_version WHERE effective_from <= ${tx.now}
    ORDER BY effective_from DESC, version DESC LIMIT 1`);
  return found!;
}
