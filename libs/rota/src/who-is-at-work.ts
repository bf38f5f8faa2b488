import type { Policies } from '#deadlines';
import { groupsOnDuty, type AlertGroup } from '#domain';
import { sql, type Transaction } from '#store';
import type { ChannelsInUse } from './channels-in-use.ts';
import { loadRota } from './load-rota.ts';

/** Which of them a hub has set up only its workers know. */
export const ANY_CHANNEL: ChannelsInUse = new Set(['email', 'sms']);

/** The groups of the hub by day; others stand for them while the front door is shut. */
const BY_DAY: readonly AlertGroup[] = ['duty_team', 'practice_manager', 'service_manager', 'head_of_service'];

/** Who is there to be given work, by the rota. */
export interface AtWork {
  /** The ids of those who answer for a group now. */
  readonly onDuty: ReadonlySet<string>;
  /** Until when each person is away who is away now, by their id. */
  readonly awayUntil: ReadonlyMap<string, Temporal.Instant>;
}

/** Who is on duty and who is away at the transaction's instant. */
export async function whoIsAtWork(tx: Transaction, policies: Policies): Promise<AtWork> {
  const { calendar } = await policies.inForce(tx);
  const { duty } = await loadRota(tx, calendar, ANY_CHANNEL);
  const groups = groupsOnDuty(calendar, BY_DAY, tx.now);
  const away = await tx.rows<{ id: string; until: Temporal.Instant }>(sql`
    SELECT staff_member_id AS id, max(ends_at) AS until FROM absence
    WHERE starts_at <= ${tx.now} AND ends_at > ${tx.now} GROUP BY staff_member_id`);
  return {
    onDuty: new Set(groups.flatMap((group) => duty.onDuty(group, tx.now))),
    awayUntil: new Map(away.map(({ id, until }) => [id, until])),
  };
}
