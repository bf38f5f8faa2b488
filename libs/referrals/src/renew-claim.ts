import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { parseReferralReference } from '#domain';
import { Database, Referral } from '#store';
import { keepHold } from './referral-state.ts';

/** A person types about a referral: a person who holds it keeps it. */
@Injectable()
export class RenewClaim {
  constructor(private readonly database: Database) {}

  async execute({ reference: typed, by }: { reference: string; by: StaffActor }): Promise<void> {
    const reference = parseReferralReference(typed);
    if (reference === null) return;
    await this.database.as(by).transaction(async (tx) => {
      const found = await tx.one(Referral, { reference, claimedBy: by.id }, ['id']);
      if (found !== null) await keepHold(tx, found.id, by.id);
    });
  }
}
