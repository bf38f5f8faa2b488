import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { Database, FlagClearing, once, rowsOf, sql } from '#store';
import { lockReferral } from './lock-referral.ts';
import { noteChange } from './referral-state.ts';

export interface ClearFlagCommand {
  /** The id of the value that was set apart. */
  readonly flag: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person has looked into a value that was set apart: it waits for no person any more. What was sent stays. */
@Injectable()
export class ClearFlag {
  constructor(private readonly database: Database) {}

  /** Cleared twice it is cleared once. @throws Refused `not-found` or `form-sent-before` */
  async execute({ flag, formId, by }: ClearFlagCommand): Promise<void> {
    await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind: 'clear-flag', answers: { flag } }, async () => {
        const found = isUuid(flag)
          ? await tx.row<{ reference: string; pointer: string }>(sql`
              SELECT r.reference, f.pointer FROM referral_flag f JOIN referral r ON r.id = f.referral_id WHERE f.id = ${flag}`)
          : null;
        if (found === null) throw new Refused('not-found');
        const { id } = await lockReferral(tx, found.reference);
        const cleared = await tx.row(sql`SELECT 1 FROM flag_clearing WHERE flag_id = ${flag}`);
        if (cleared !== null) return {};
        await tx.insert(
          rowsOf(FlagClearing, { flagId: flag, clearedBy: by.id, clearedAt: tx.now }),
          auditEntry(tx, 'referral.flag-cleared', id, { flagId: flag, pointer: found.pointer }),
        );
        await noteChange(tx, id);
        return {};
      }),
    );
  }
}
