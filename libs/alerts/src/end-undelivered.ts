import { Injectable } from '@nestjs/common';
import { endServiceDeadline } from '#deadlines';
import { Database, SERVICE, sql } from '#store';
import { ALL_ALERTS } from './pass-on-alert.ts';

/**
 * Ends the alert about alerts that reached no person, when none is left: a person got or acknowledged each, or the thing
 * that it was about is done.
 */
@Injectable()
export class EndUndelivered {
  constructor(private readonly database: Database) {}

  async execute(): Promise<void> {
    await this.database.as(SERVICE).transaction(async (tx) => {
      const settled = await tx.row(sql`
        SELECT 1 FROM deadline WHERE kind = 'undelivered' AND state = 'open' AND NOT EXISTS (
          SELECT 1 FROM alert a JOIN deadline d ON d.id = a.deadline_id
          WHERE a.fired_at > ${tx.now.subtract({ hours: 7 * 24 })} AND d.state = 'open' AND d.kind <> 'undelivered'
            AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = a.id)
            AND EXISTS (SELECT 1 FROM delivery WHERE alert_id = a.id AND failure IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM delivery WHERE alert_id = a.id AND recipient_id IS NOT NULL
              AND channel <> 'console' AND state IN ('accepted', 'delivered')))`);
      if (settled !== null) await endServiceDeadline(tx, 'undelivered', ALL_ALERTS);
    });
  }
}
