import { auditEntry } from '#audit';
import { sql, type Transaction } from '#store';

/**
 * Ends what a person who leaves has on the rota from now on: turns, cover and absence. A group whose only turns are theirs
 * keeps these, with no person who answers: without any turn all its people would answer at every time, and no gap would show.
 *
 * @returns how many turns and covers no person has now
 */
export async function endTurns(tx: Transaction, personId: string): Promise<number> {
  const left = await tx.row<{ n: number }>(sql`
    SELECT (SELECT count(*)::int FROM rota_shift WHERE staff_member_id = ${personId})
      + (SELECT count(*)::int FROM rota_cover WHERE staff_member_id = ${personId} AND ends_at > ${tx.now}) AS n`);
  if (left!.n > 0) {
    await tx.run(sql`
      DELETE FROM rota_shift own WHERE staff_member_id = ${personId} AND EXISTS (
        SELECT 1 FROM rota_shift other JOIN staff_member m ON m.id = other.staff_member_id
        WHERE other.alert_group = own.alert_group AND m.id <> ${personId} AND m.is_active)`);
    await tx.run(sql`DELETE FROM rota_cover WHERE staff_member_id = ${personId} AND starts_at > ${tx.now}`);
    await tx.run(sql`
      UPDATE rota_cover SET ends_at = ${tx.now} WHERE staff_member_id = ${personId} AND ends_at > ${tx.now}`);
    await tx.insert(auditEntry(tx, 'rota.changed', null, { kind: 'person-left', personId, turns: left!.n }));
  }
  await tx.run(sql`DELETE FROM absence WHERE staff_member_id = ${personId} AND ends_at > ${tx.now}`);
  return left!.n;
}
