import type { AuditDetails } from '#audit';
import { sql, type Sql, type Transaction } from '#store';
import type { Evidence, PackOf, PartName, Parts } from './evidence.ts';

/** A pack that is not a day old: one that is ready, since it is; another one, since it was asked for. */
export const IS_KEPT: Sql = sql`coalesce(p.ready_at, p.asked_at) > (SELECT mash.now()) - interval '24 hours'`;

/** What the record says of a pack: months as `2026-10`. */
export function detailsOf({ id, audience, firstMonth, lastMonth }: PackOf): AuditDetails {
  return { packId: id, audience, from: firstMonth.slice(0, 7), to: lastMonth.slice(0, 7) };
}

/** What is in a pack of which every part is made. */
export async function evidenceIn(tx: Transaction, id: string): Promise<Evidence> {
  const rows = await tx.rows<{ name: PartName; content: Parts[PartName] }>(sql`
    SELECT name, content FROM evidence_part WHERE pack_id = ${id}`);
  const parts = Object.fromEntries(rows.map(({ name, content }) => [name, content])) as unknown as Parts;
  const { figures, samples, recomputation } = parts;
  return {
    figures,
    samples,
    recomputation,
    alerts: parts.alerts ?? null,
    lists: parts.lists ?? null,
    record: parts.record ?? null,
  };
}
