import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { StaffActor } from '#access';
import { Policies } from '#deadlines';
import {
  mayHaveCome,
  referralSource,
  type CallerOfNoAgency,
  type Rating,
  type ReferralSource,
  type SubmittedReferral,
} from '#domain';
import { JobNudge, jobRows } from '#jobs';
import { Refused } from '#platform';
import { Agency, answerOf, Database, once, sql, type TakenDownBy, type Transaction } from '#store';
import { linkConsultation } from './end-consultation.ts';
import { prepareReferral, type SubmissionAnswer } from './prepare-referral.ts';

export interface TakeDownReferralCommand {
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly agencyId: string;
  /** For whom the caller calls: for the agency, or as an individual, whose code the referral has then. */
  readonly caller: 'agency' | CallerOfNoAgency;
  readonly referral: SubmittedReferral;
  readonly receivedBy: TakenDownBy;
  /** When it came, where it was written on paper and is typed later. Its clocks begin then. */
  readonly cameAt?: Temporal.Instant | null;
  /** The advice that it came of, by its id; left out where it came of none. */
  readonly consultationId?: string;
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

  /** @throws Refused `form-sent-before` when the form was received with other answers, `receipt-not-then` */
  async execute(command: TakeDownReferralCommand): Promise<SubmissionAnswer> {
    const { formId, agencyId, caller, referral, receivedBy, cameAt = null, consultationId, by } = command;
    // A form that was sent before callers were told apart was sent for the agency: it is the same one.
    const answers = {
      ...{ agencyId, referral },
      ...(caller === 'agency' ? {} : { caller }),
      ...(cameAt && { cameAt: cameAt.toString() }),
    };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind: 'referral', answers }, async () => {
        if (cameAt !== null && !mayHaveCome(cameAt, tx.now)) throw new Refused('receipt-not-then');
        const fingerprint = createHash('sha256').update(canonicalize(answers)!).digest();
        const inForce = await this.policies.inForce(tx);
        const sourceCode = caller === 'agency' ? await sourceOf(tx, agencyId) : caller;
        const taken = { by, receivedBy };
        const received = { agencyId, sourceCode, key: formId, fingerprint, referral, setApart: [], cameAt, taken };
        const prepared = prepareReferral(tx, inForce, received);
        await tx.insert(...prepared.rows);
        if (cameAt !== null) await lookAgain(tx, prepared.answer.reference, cameAt);
        // The referral may be hidden from the person as soon as it is there: it came of the advice all the same.
        if (consultationId !== undefined)
          await tx.overAll((all) => linkConsultation(all, consultationId, prepared.answer.reference, by));
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

/** Referrals of the same children that came after this one, and were typed before it, have it as an earlier one now. */
async function lookAgain(tx: Transaction, reference: string, cameAt: Temporal.Instant): Promise<void> {
  const later = await tx.overAll((all) =>
    all.rows<{ referralId: string; rating: Rating }>(sql`
    SELECT DISTINCT r.id AS "referralId", r.rating FROM referral this JOIN referral_child mine ON mine.referral_id = this.id
    JOIN referral_child theirs ON theirs.nhs_number = mine.nhs_number OR theirs.upn = mine.upn
      OR (theirs.name_key, theirs.date_of_birth) = (mine.name_key, mine.date_of_birth)
    JOIN referral r ON r.id = theirs.referral_id
    WHERE this.reference = ${reference} AND r.id <> this.id AND r.received_at > ${cameAt}`),
  );
  for (const { referralId, rating } of later)
    await tx.insert(jobRows(tx, 'match-earlier-referrals', [{ referralId }], rating));
}

async function sourceOf(tx: Transaction, agencyId: string): Promise<ReferralSource | null> {
  const agency = await tx.one(Agency, { id: agencyId }, ['sourceCode']);
  return agency === null ? null : referralSource(agency.sourceCode);
}
