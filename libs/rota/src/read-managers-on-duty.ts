import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Policies } from '#deadlines';
import { groupsOnDuty } from '#domain';
import { Database, sql } from '#store';
import { loadRota } from './load-rota.ts';
import { ANY_CHANNEL } from './who-is-at-work.ts';

/** Who answers for the managers of the hub now, whichever referral it is about. */
@Injectable()
export class ReadManagersOnDuty {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @returns their names, without the person who asks */
  async execute(by: StaffActor): Promise<readonly string[]> {
    return this.database.as(by).transaction(async (tx) => {
      const { calendar } = await this.policies.inForce(tx);
      const { duty } = await loadRota(tx, calendar, ANY_CHANNEL);
      const groups = groupsOnDuty(calendar, ['practice_manager', 'service_manager'], tx.now);
      const ids = groups.flatMap((group) => duty.onDuty(group, tx.now)).filter((id) => id !== by.id);
      const found = await tx.rows<{ name: string }>(
        sql`SELECT name FROM staff_member WHERE id = ANY(${ids}) ORDER BY name, id`,
      );
      return found.map(({ name }) => name);
    });
  }
}
