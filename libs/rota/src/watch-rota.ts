import { Inject, Injectable } from '@nestjs/common';
import { endServiceDeadline, openServiceDeadline, Policies } from '#deadlines';
import { GAP_HORIZON_DAYS, rotaGaps, serviceSteps, type AlertGroup, type RotaGap } from '#domain';
import { SERVICE, Database, type Transaction, sql } from '#store';
import { CHANNELS_IN_USE, type ChannelsInUse } from './channels-in-use.ts';
import { loadRota } from './load-rota.ts';

/** Raises an alert for every group that has a gap in the days ahead, and ends it when the gap is filled. */
@Injectable()
export class WatchRota {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    @Inject(CHANNELS_IN_USE) private readonly channels: ChannelsInUse,
  ) {}

  async execute(): Promise<void> {
    await this.database.as(SERVICE).transaction(async (tx) => {
      const inForce = await this.policies.inForce(tx);
      const groups = new Set((await gapsAhead(tx, this.policies, this.channels)).map(({ group }) => group));
      for (const group of groups) {
        await openServiceDeadline(tx, 'rota_gap', group, serviceSteps(inForce.calendar, 'rota_gap', tx.now), inForce);
      }
      const open = await tx.rows<{ subject: AlertGroup }>(
        sql`SELECT subject FROM deadline WHERE kind = 'rota_gap' AND state = 'open'`,
      );
      for (const { subject } of open) {
        if (!groups.has(subject)) await endServiceDeadline(tx, 'rota_gap', subject);
      }
    });
  }
}

/** The gaps of the next days, as the rota stands. */
export async function gapsAhead(
  tx: Transaction,
  policies: Policies,
  channels: ChannelsInUse,
): Promise<readonly RotaGap[]> {
  const { policy, calendar } = await policies.inForce(tx);
  const { duty } = await loadRota(tx, calendar, channels);
  return rotaGaps(policy, calendar, duty, tx.now, tx.now.add({ hours: GAP_HORIZON_DAYS * 24 }));
}
