import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry, holdingsBetween } from '#audit';
import { Policies } from '#deadlines';
import { connected, howShared, localDate, type HowShared } from '#domain';
import { Database, sql, type Transaction } from '#store';
import { startOfDay } from '../months/start-of-day.ts';

/** How work was shared in one week. */
export interface SharedWeek {
  /** The Monday, a local date. */
  readonly from: Temporal.PlainDate;
  readonly shared: HowShared;
  readonly people: number;
}

export interface Sharing {
  /** The last eight weeks, this one last. */
  readonly weeks: readonly SharedWeek[];
  /**
   * Of the last twelve months: how many children or families people had, those that passed from one person to another,
   * and how often one did at the most.
   */
  readonly changes: { readonly children: number; readonly withChange: number; readonly most: number };
}

const WEEKS = 8;

/** How evenly referrals were shared among people, week by week, and how often the person of a child changed. */
@Injectable()
export class ReadSharing {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async execute(by: StaffActor): Promise<Sharing> {
    return this.database.as(by).transaction(async (tx) => {
      const { calendar } = await this.policies.inForce(tx);
      const today = localDate(calendar, tx.now);
      const monday = today.subtract({ days: today.dayOfWeek - 1 });
      const starts = Array.from({ length: WEEKS }, (_, week) => monday.subtract({ weeks: WEEKS - 1 - week }));
      const edges = [...starts, monday.add({ weeks: 1 })].map((day) => startOfDay(calendar.timeZone, day));
      const counts = await tx.rows<{ week: string; referrals: number }>(sql`
        SELECT date_trunc('week', at AT TIME ZONE ${calendar.timeZone})::date::text AS week, count(*)::int AS referrals
        FROM ${holdingsBetween({ from: edges[0]!, to: edges.at(-1)! })} held GROUP BY week, person_id`);
      const weeks = starts.map((from) => {
        const ofWeek = counts.filter(({ week }) => week === from.toString()).map(({ referrals }) => referrals);
        return { from, shared: howShared(ofWeek), people: ofWeek.length };
      });
      const year = { from: startOfDay(calendar.timeZone, today.subtract({ years: 1 })), to: edges.at(-1)! };
      await tx.insert(auditEntry(tx, 'figure.read', null, { measure: 'sharing', count: weeks.length }));
      return { weeks, changes: await this.changes(tx, year) };
    });
  }

  /** Referrals that are linked, directly or by way of others, are about one child or family. */
  private async changes(
    tx: Transaction,
    year: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
  ): Promise<Sharing['changes']> {
    const held = await tx.rows<{ personId: string; referralId: string }>(sql`
      SELECT h.person_id AS "personId", h.referral_id AS "referralId" FROM ${holdingsBetween(year)} h ORDER BY h.at`);
    const links = await tx.overAll((all) =>
      all.rows<{ one: string; other: string }>(sql`
        SELECT referral_id AS one, earlier_id AS other FROM earlier_referral
        WHERE referral_id = ANY(${held.map(({ referralId }) => referralId)})`),
    );
    const linked = connected(links.map(({ one, other }) => [one, other]));
    const peopleOf = Map.groupBy(held, ({ referralId }) => linked.get(referralId) ?? referralId);
    const changes = [...peopleOf.values()].map(
      (people) => people.filter(({ personId }, at) => at > 0 && personId !== people[at - 1]!.personId).length,
    );
    return {
      children: changes.length,
      withChange: changes.filter((count) => count > 0).length,
      most: Math.max(0, ...changes),
    };
  }
}
