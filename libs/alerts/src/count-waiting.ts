import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { needsTheHub } from '#routes';
import { Database, sql } from '#store';
import { waitsFor } from './waiting-alerts.ts';

/** How many things wait for a person, as the navigation of every page says. */
export interface Waiting {
  /** Decisions that wait for sign-off, whoever may sign them off. */
  readonly signOff: number;
  /** Referrals with an alert that waits for this person: see {@link waitsFor}. */
  readonly alerts: number;
  /** Families that came back, or for whom a person has to choose the team. */
  readonly routes: number;
  /** Restricted records that were opened in an emergency, and no manager has looked at why. */
  readonly glass: number;
}

/** No more than these are counted: of so many a person needs no number. */
export const MOST_COUNTED = 100;

/**
 * Counts what waits, in one statement that reads what is open and nothing of what was: it runs for every page. Numbers
 * alone say nothing of a child, so the record has no entry of it.
 */
@Injectable()
export class CountWaiting {
  constructor(private readonly database: Database) {}

  async execute(by: StaffActor): Promise<Waiting> {
    return this.database.as(by).transaction(async (tx) => {
      const counted = await tx.overAll((all) =>
        all.row<Waiting>(sql`
        SELECT (SELECT count(*) FROM (SELECT 1 FROM referral WHERE status = 'awaiting_sign_off' LIMIT ${MOST_COUNTED}) r)
            AS "signOff",
          (SELECT count(*) FROM (SELECT 1 FROM deadline d WHERE ${waitsFor(by)} LIMIT ${MOST_COUNTED}) d) AS alerts,
          (SELECT count(*) FROM (SELECT 1 FROM route t WHERE ${needsTheHub} LIMIT ${MOST_COUNTED}) t) AS routes,
          (SELECT count(*) FROM (SELECT 1 FROM glass_broken g
            WHERE NOT EXISTS (SELECT 1 FROM glass_review w WHERE w.glass_id = g.id) LIMIT ${MOST_COUNTED}) g) AS glass`),
      );
      return counted!;
    });
  }
}
