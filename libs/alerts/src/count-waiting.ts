import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Database, sql } from '#store';

/** How many things wait for a person, as the navigation of every page says. */
export interface Waiting {
  /** Decisions that wait for sign-off, whoever may sign them off. */
  readonly signOff: number;
  /** Referrals about which this person was alerted and whose last alert is not acknowledged. */
  readonly alerts: number;
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
      const counted = await tx.row<Waiting>(sql`
        SELECT (SELECT count(*) FROM (SELECT 1 FROM referral WHERE status = 'awaiting_sign_off' LIMIT ${MOST_COUNTED}) r)
            AS "signOff",
          (SELECT count(*) FROM (
            SELECT 1 FROM deadline d
            JOIN LATERAL (SELECT id FROM alert WHERE deadline_id = d.id ORDER BY fired_at DESC, id DESC LIMIT 1) latest
              ON true
            WHERE d.kind = 'decision' AND d.state = 'open'
              AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = latest.id)
              AND EXISTS (SELECT 1 FROM alert a JOIN delivery v ON v.alert_id = a.id
                WHERE a.deadline_id = d.id AND v.recipient_id = ${by.id})
            LIMIT ${MOST_COUNTED}) d) AS alerts`);
      return counted!;
    });
  }
}
