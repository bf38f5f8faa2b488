import { randomUUID } from 'node:crypto';
import { Staff, type StaffActor } from '#access';
import { RecordDecision, SignOffDecision } from '#decisions';
import { AskAgency } from '#partners';
import { Refused } from '#platform';
import { ReadReferral } from '#referrals';
import { Referral, SERVICE, type Database } from '#store';
import { ClaimReferral } from '#work';
import type { WholeHub } from '../hub/whole-hub.ts';
import { DECISIONS, type SandboxOutcome } from './sandbox-outcomes.ts';

/** The fictional people of a sandbox's hub. They do at once what a developer asks, by the use cases of the service. */
export class HubPeople {
  constructor(
    private readonly hub: WholeHub,
    private readonly database: Database,
  ) {}

  administrator(): Promise<StaffActor> {
    return this.named('bo.lindqvist');
  }

  /** A social worker opens the referral and takes it. @throws Refused */
  async take(reference: string): Promise<void> {
    const by = await this.named('jo.marsh');
    await this.hub.get(ReadReferral).execute({ reference, by });
    await this.hub.get(ClaimReferral).execute({ reference, by });
  }

  /** A social worker decides; a manager signs off where that is needed. Agencies know of it when its time to undo is over. @throws Refused */
  async decide(reference: string, outcome: SandboxOutcome): Promise<void> {
    const by = await this.named('jo.marsh');
    await this.hub.get(ReadReferral).execute({ reference, by });
    const { version, rating } = await this.found(reference);
    await this.hub.get(RecordDecision).execute({
      ...{ reference, outcome, ...DECISIONS[outcome], version, confirmsRating: rating, formId: randomUUID(), by },
      ...{ rationale: 'A decision of the sandbox.', contradictionReason: 'As its developer asked.' },
      ...{ noDiscussionReason: 'As its developer asked.', lateReason: null, lateWords: '' },
    });
    const decided = await this.found(reference);
    if (decided.status !== 'awaiting_sign_off') return;
    await this.hub.get(SignOffDecision).execute({
      ...{ reference, version: decided.version, result: 'agreed', comments: null, formId: randomUUID() },
      by: await this.named('helen.brough'),
    });
  }

  /** A social worker asks the agency that referred about the first child. @throws Refused */
  async ask(reference: string, whatFor: string): Promise<void> {
    const { agencyId } = await this.found(reference);
    await this.hub.get(AskAgency).execute({
      ...{ reference, agencies: [agencyId], children: [0], power: 'section_47', formId: randomUUID() },
      ...{ whatFor, whyNow: 'A decision is due.', by: await this.named('jo.marsh') },
    });
  }

  private async named(subject: string): Promise<StaffActor> {
    return (await this.hub.get(Staff).bySubject(subject))!;
  }

  private async found(reference: string) {
    const found = await this.database
      .as(SERVICE)
      .transaction((tx) => tx.one(Referral, { reference }, ['version', 'rating', 'status', 'agencyId']));
    if (found === null) throw new Refused('not-found');
    return found;
  }
}
