import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { Database } from '#store';
import { adviceFor } from './advice.ts';
import { InvalidReferral } from './body/field-fault.ts';
import { ReferralReader } from './body/referral-reader.ts';
import { warningOf, type Warning } from './prepare-referral.ts';

/** What a sender is told of a referral that could be sent as it is. */
export interface CheckAnswer {
  readonly valid: true;
  readonly advice: string;
  /** What would be set apart; left out where nothing would. */
  readonly warnings?: readonly Warning[];
}

export interface CheckReferralQuery {
  readonly agencyId: string;
  readonly sent: unknown;
  /** Whether its sender would rather have a value set apart than a concern refused. */
  readonly isLenient: boolean;
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
  async execute({ agencyId, sent, isLenient }: CheckReferralQuery): Promise<CheckAnswer> {
    const reading = isLenient
      ? this.reader.readLeniently(sent)
      : this.reader.check(sent).then((referral) => ({ referral, setApart: [] }));
    const found = await reading.catch((error: unknown) => {
      if (error instanceof InvalidReferral) return error;
      throw error;
    });
    const isInvalid = found instanceof InvalidReferral;
    const faults = isInvalid ? found.faults : found.setApart;
    const codes = [...new Set(faults.map(({ code }) => code))].slice(0, MOST_CODES);
    await this.database.as({ kind: 'agency', id: agencyId }).transaction(async (tx) => {
      await tx.insert(auditEntry(tx, 'referral.checked', null, { valid: !isInvalid, codes }));
    });
    if (isInvalid) throw found;
    const { referral, setApart } = found;
    const warnings = setApart.map(warningOf);
    return { valid: true, advice: adviceFor(referral), ...(warnings.length === 0 ? {} : { warnings }) };
  }
}
