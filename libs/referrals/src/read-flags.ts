import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Database, sql } from '#store';
import type { FlagLine } from './referral-flags.ts';

/** A value that waits for a person to look into it, and its referral. */
export interface WaitingFlag extends Pick<FlagLine, 'id' | 'pointer' | 'code' | 'sent' | 'flaggedAt'> {
  readonly reference: string;
  readonly agency: string;
}

/** The lines that the list shows. */
export const FLAGS_SHOWN = 200;

/** The values that were set apart and that no person has looked into, the oldest first. */
@Injectable()
export class ReadFlags {
  constructor(private readonly database: Database) {}

  async execute(by: StaffActor): Promise<{ readonly flags: readonly WaitingFlag[]; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const flags = await tx.rows<WaitingFlag>(sql`
        SELECT f.id, f.pointer, f.code, f.sent, f.flagged_at AS "flaggedAt", r.reference, agency.name AS agency
        FROM referral_flag f JOIN referral r ON r.id = f.referral_id JOIN agency ON agency.id = r.agency_id
        WHERE NOT EXISTS (SELECT 1 FROM flag_clearing WHERE flag_id = f.id)
        ORDER BY f.flagged_at, f.id LIMIT ${FLAGS_SHOWN}`);
      await tx.insert(auditEntry(tx, 'flags.read', null, { count: flags.length }));
      return { flags, now: tx.now };
    });
  }
}
