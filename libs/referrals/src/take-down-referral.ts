import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { StaffActor } from '#access';
import { Policies } from '#deadlines';
import type { SubmittedReferral } from '#domain';
import { JobNudge } from '#jobs';
import { answerOf, Database, once, type ReceivedBy } from '#store';
import { prepareReferral, type SubmissionAnswer } from './prepare-referral.ts';

export interface TakeDownReferralCommand {
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly agencyId: string;
  readonly referral: SubmittedReferral;
  readonly receivedBy: Exclude<ReceivedBy, 'api'>;
  readonly by: StaffActor;
}

/** Receives a referral that a person of the hub took down. One form is one referral, whichever agency is chosen on it. */
@Injectable()
export class TakeDownReferral {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly relay: JobNudge,
  ) {}

  /** @throws Refused `form-sent-before` when the form was received with other answers */
  async execute({ formId, agencyId, referral, receivedBy, by }: TakeDownReferralCommand): Promise<SubmissionAnswer> {
    const answers = { agencyId, referral };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind: 'referral', answers }, async () => {
        const fingerprint = createHash('sha256').update(canonicalize(answers)!).digest();
        const inForce = await this.policies.inForce(tx);
        const taken = { by, receivedBy };
        const prepared = prepareReferral(tx, inForce, { agencyId, key: formId, fingerprint, referral, taken });
        await tx.insert(...prepared.rows);
        return { ...prepared.answer };
      }),
    );
    this.relay.nudge();
    return answer;
  }

  /** @returns the reference of the referral that came of a form; null when the form has not been received */
  async receivedFrom(formId: string, by: StaffActor): Promise<string | null> {
    const answer = await this.database.as(by).transaction((tx) => answerOf(tx, formId));
    return (answer as SubmissionAnswer | null)?.reference ?? null;
  }
}
