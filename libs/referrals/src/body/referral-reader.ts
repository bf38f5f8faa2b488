import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Policies } from '#deadlines';
import { localDate, normaliseNhsNumber, normaliseUpn, type SubmittedChild, type SubmittedReferral } from '#domain';
import { Database } from '#store';
import { InvalidReferral, type FieldFault } from './field-fault.ts';
import { fieldFaults } from './field-faults.ts';
import { inspectValue } from './inspect-value.ts';
import { birthsInTheFuture, latestBirth, meaningFaults } from './meaning-faults.ts';
import { SubmitReferralBody } from './submit-referral.body.ts';

/** Reads what a person sent or filled in as a referral, or says everything that is wrong with it at once. */
@Injectable()
export class ReferralReader {
  /** A local date that has certainly come: births up to it need no look at the clock. */
  private latestKnownDate = '';

  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws InvalidReferral with a pointer for every faulty field */
  async read(sent: unknown): Promise<SubmittedReferral> {
    const { value, faults: textFaults } = inspectValue(sent);
    if (textFaults.some(({ code }) => code === 'too_many' || code === 'too_deep'))
      throw new InvalidReferral(textFaults);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InvalidReferral([NOT_AN_OBJECT]);
    const referral = plainToInstance(SubmitReferralBody, value);
    const faults = [
      ...textFaults,
      ...fieldFaults(
        validateSync(referral, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }),
      ),
      ...meaningFaults(value),
      ...birthsInTheFuture(value, await this.todayIfItMatters(latestBirth(value))),
    ];
    if (faults.length > 0) throw new InvalidReferral(oneAPointer(faults));
    return { ...referral, children: referral.children.map(withPlainIdentifiers) };
  }

  private async todayIfItMatters(latest: string): Promise<string> {
    if (latest > this.latestKnownDate) {
      const { calendar } = await this.policies.inForce();
      this.latestKnownDate = localDate(calendar, await this.database.now()).toString();
    }
    return this.latestKnownDate;
  }
}

const NOT_AN_OBJECT: FieldFault = { pointer: '', code: 'object', detail: 'Must be an object' };

/** Text that could not be read is refused for that, whatever else is wrong with what is left of it. */
function oneAPointer(faults: readonly FieldFault[]): readonly FieldFault[] {
  return [...new Map(faults.toReversed().map((fault) => [fault.pointer, fault])).values()].toReversed();
}

function withPlainIdentifiers(child: SubmittedChild): SubmittedChild {
  const nhsNumber = child.nhsNumber === undefined ? null : normaliseNhsNumber(child.nhsNumber);
  const upn = child.upn === undefined ? null : normaliseUpn(child.upn);
  return { ...child, ...(nhsNumber === null ? {} : { nhsNumber }), ...(upn === null ? {} : { upn }) };
}
