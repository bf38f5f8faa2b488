import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { familiesOf, type SameChild } from '#domain';
import { Database, sql } from '#store';

/** Families that keep returning, in the twelve months before now. */
@Injectable()
export class ReadFamilies {
  constructor(private readonly database: Database) {}

  /** @returns how many referrals of the last twelve months each family made that made more than one */
  async execute(by: StaffActor): Promise<readonly number[]> {
    return this.database.as(by).transaction(async (tx) => {
      const since = tx.now.subtract({ hours: 365 * 24 });
      const links = await tx.overAll((all) =>
        all.rows<{ later: string; earlier: string }>(sql`
        SELECT e.referral_id AS later, e.earlier_id AS earlier
        FROM referral r JOIN earlier_referral e ON e.referral_id = r.id
        JOIN referral before ON before.id = e.earlier_id AND before.received_at >= ${since}
        WHERE r.received_at >= ${since}`),
      );
      return familiesOf(links.map(({ later, earlier }): SameChild => [later, earlier]));
    });
  }
}
