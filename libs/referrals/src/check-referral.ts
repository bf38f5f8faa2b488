import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { Database } from '#store';
import { adviceFor } from './advice.ts';
import { InvalidReferral } from './body/field-fault.ts';
import { ReferralReader } from './body/referral-reader.ts';

/** What a sender is told of a referral that could be sent as it is. */
export interface CheckAnswer {
  readonly valid: true;
  readonly advice: string;
}

/** More codes than this say no more. */
const MOST_CODES = 20;

/** Says what a submission would say of a referral, and keeps nothing of it but that the agency asked. */
@Injectable()
export class CheckReferral {
  constructor(
    private readonly database: Database,
    private readonly reader: ReferralReader,
  ) {}

  /** @throws InvalidReferral exactly as a submission */
  async execute({ agencyId, sent }: { agencyId: string; sent: unknown }): Promise<CheckAnswer> {
    const found = await this.reader.check(sent).catch((error: unknown) => {
      if (error instanceof InvalidReferral) return error;
      throw error;
    });
    const isInvalid = found instanceof InvalidReferral;
    const codes = isInvalid ? [...new Set(found.faults.map(({ code }) => code))].slice(0, MOST_CODES) : [];
    await this.database.as({ kind: 'agency', id: agencyId }).transaction(async (tx) => {
      await tx.insert(auditEntry(tx, 'referral.checked', null, { valid: !isInvalid, codes }));
    });
    if (isInvalid) throw found;
    return { valid: true, advice: adviceFor(found) };
  }
}
