import { endServiceDeadline, openServiceDeadline, type PolicyInForce } from '#deadlines';
import { serviceSteps, whenOpen } from '#domain';
import { sql, type Transaction } from '#store';
import { namedManagers } from './named-managers.ts';

/**
 * Sets the clock of a restriction anew: managers are told when it has to be looked at again, and before that when the last
 * manager whom it names may not open it any more.
 */
export async function setRestrictionClock(
  tx: Transaction,
  restrictionId: string,
  inForce: PolicyInForce,
): Promise<void> {
  await endRestrictionClock(tx, restrictionId, 'superseded');
  const found = await tx.row<{ reviewAt: Temporal.Instant }>(
    sql`SELECT review_at AS "reviewAt" FROM restriction WHERE id = ${restrictionId} AND ended_at IS NULL`,
  );
  if (found === null) return;
  const untils = (await namedManagers(tx, restrictionId)).map(({ until }) => until.epochMilliseconds);
  const named = untils.length === 0 ? tx.now : Temporal.Instant.fromEpochMilliseconds(Math.max(...untils));
  const at = Temporal.Instant.compare(found.reviewAt, named) < 0 ? found.reviewAt : named;
  const steps = serviceSteps(inForce.calendar, 'restriction_review', whenOpen(inForce.calendar, at));
  await openServiceDeadline(tx, 'restriction_review', restrictionId, steps, inForce);
}

/** No person has to look at it any more, or at another time. */
export async function endRestrictionClock(
  tx: Transaction,
  restrictionId: string,
  state: 'met' | 'superseded',
): Promise<void> {
  await endServiceDeadline(tx, 'restriction_review', restrictionId, state);
}

/** Sets the clocks of the restrictions that name a person anew, because the person left or does other work now. */
export async function setRestrictionClocksOf(tx: Transaction, personId: string, inForce: PolicyInForce): Promise<void> {
  const named = await tx.rows<{ id: string }>(sql`
    SELECT DISTINCT r.id FROM restriction r JOIN restriction_grant g ON g.restriction_id = r.id
    WHERE r.ended_at IS NULL AND g.staff_id = ${personId} AND g.ended_at IS NULL AND g.until > ${tx.now} ORDER BY r.id`);
  for (const { id } of named) await setRestrictionClock(tx, id, inForce);
}
