import type { ConcernType, Rating } from '#domain';
import { sql, type ReferralStatus, type Transaction } from '#store';
import { CLAIM_DEADLINES, dueFilterOfAll, RESTRICTED_ID, type DayOfHub } from './queue-conditions.ts';
import type { DueFilter } from './queue-view.ts';

/** Open referrals that no view and no filter tells apart, and how many there are. */
export interface QueueCell {
  readonly status: ReferralStatus;
  readonly claimedBy: string | null;
  readonly rating: Rating;
  readonly agencyId: string;
  readonly types: readonly ConcernType[];
  readonly due: DueFilter;
  /** The id of a restricted referral, which is a cell of its own; null for all others. */
  readonly restrictedId: string | null;
  readonly count: number;
}

/** What an agency or a person is called. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The open referrals at an instant, counted. */
export interface QueueCells {
  readonly cells: readonly QueueCell[];
  /** The agencies that sent them, and the persons who hold some: by the alphabet. */
  readonly agencies: readonly Named[];
  readonly holders: readonly Named[];
  /** When the last referral of all came, decided ones among them; null before the first. */
  readonly lastReceivedAt: Temporal.Instant | null;
}

/** Counts every open referral in one pass over two indexes that hold all that is asked. */
export async function countCells(tx: Transaction, day: DayOfHub): Promise<QueueCells> {
  const cells = await tx.prepared<QueueCell>(
    sql`SELECT r.status, r.claimed_by AS "claimedBy", r.rating, r.agency_id AS "agencyId", r.concern_types AS types,
      ${dueFilterOfAll(day)} AS due, ${RESTRICTED_ID} AS "restrictedId", count(*) AS count
    FROM referral r ${CLAIM_DEADLINES} WHERE r.status <> 'decided' GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  );
  const agencyIds = [...new Set(cells.map(({ agencyId }) => agencyId))];
  const holderIds = [...new Set(cells.flatMap(({ claimedBy }) => claimedBy ?? []))];
  const agencies = await tx.rows<Named>(
    sql`SELECT id, name FROM agency WHERE id = ANY(${agencyIds}) ORDER BY name, id::text`,
  );
  const holders = await tx.rows<Named>(
    sql`SELECT id, name FROM staff_member WHERE id = ANY(${holderIds}) ORDER BY name, id::text`,
  );
  const last = await tx.row<Pick<QueueCells, 'lastReceivedAt'>>(
    sql`SELECT max(received_at) AS "lastReceivedAt" FROM referral`,
  );
  return { cells, agencies, holders, lastReceivedAt: last!.lastReceivedAt };
}
