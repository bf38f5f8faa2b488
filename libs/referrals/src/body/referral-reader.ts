import { Injectable } from '@nestjs/common';
import { HubTime } from '#deadlines';
import { withNoFixedAbode, type SubmittedAddress, type SubmittedReferral } from '#domain';
import { Database } from '#store';
import { InvalidReferral, type FieldFault } from './field-fault.ts';
import { meaningFaults, timeFaults } from './meaning-faults.ts';
import { oneAPointer, readFields } from './read-fields.ts';
import { withoutSoftFaults, type SetApart } from './soft-faults.ts';
import { SubmitReferralBody } from './submit-referral.body.ts';

/** A referral, and what was set apart of it. */
export interface LenientlyRead {
  readonly referral: SubmittedReferral;
  readonly setApart: readonly SetApart[];
}

/** Reads what a person sent or filled in as a referral, or says everything that is wrong with it at once. */
@Injectable()
export class ReferralReader {
  constructor(
    private readonly database: Database,
    private readonly time: HubTime,
  ) {}

  /**
   * @returns the referral with its texts as they are stored; whether its dates can be is seen once more when it is
   * received (`prepareReferral`), at that instant
   * @throws InvalidReferral with a pointer for every faulty field
   */
  async read(sent: unknown): Promise<SubmittedReferral> {
    const { body: referral, faults: ofFields } = readFields(SubmitReferralBody, sent);
    if (referral === null) throw new InvalidReferral(ofFields);
    const faults = [...ofFields, ...meaningFaults(referral)];
    if (faults.length === 0) return withHomes(referral);
    throw new InvalidReferral(oneAPointer([...faults, ...(await this.timeFaultsNow(referral))]));
  }

  /**
   * Reads a referral whose sender would rather have a value set apart than a concern refused (`handling=lenient`).
   *
   * @returns the referral without the values that were set apart, and these
   * @throws InvalidReferral with every fault, soft ones too, when one of them is not soft
   */
  async readLeniently(sent: unknown): Promise<LenientlyRead> {
    try {
      return { referral: await this.check(sent), setApart: [] };
    } catch (error) {
      if (!(error instanceof InvalidReferral)) throw error;
      const { body, setApart } = withoutSoftFaults(sent, error.faults);
      if (setApart.length === 0) throw error;
      const referral = await this.check(body).catch((second: unknown) => {
        throw second instanceof InvalidReferral ? error : second;
      });
      return { referral, setApart };
    }
  }

  /** Reads a referral that is not to be received: its dates are judged at this moment. @throws InvalidReferral */
  async check(sent: unknown): Promise<SubmittedReferral> {
    const referral = await this.read(sent);
    const faults = await this.timeFaultsNow(referral);
    if (faults.length > 0) throw new InvalidReferral(faults);
    return referral;
  }

  private async timeFaultsNow(referral: SubmittedReferral): Promise<readonly FieldFault[]> {
    return timeFaults(referral, await this.database.now(), { timeZone: this.time.zone });
  }
}

/** An optional part of which nothing was said is absent; no fixed abode has its own place. */
function withHomes({ signsOfSafety, ...referral }: SubmittedReferral): SubmittedReferral {
  const atHome = <P extends { readonly address?: SubmittedAddress }>({ address, ...person }: P) =>
    address === undefined || isEmpty(address) ? person : { ...person, address: withNoFixedAbode(address) };
  const { children, adults } = referral;
  return {
    ...referral,
    children: children.map(atHome),
    ...(adults === undefined ? {} : { adults: adults.map(atHome) }),
    ...(signsOfSafety === undefined || isEmpty(signsOfSafety) ? {} : { signsOfSafety }),
  };
}

const isEmpty = (part: object) => Object.values(part).every((value) => value === undefined);
