import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { ownAgency, type StaffActor } from '#access';
import { Policies } from '#deadlines';
import { referralSource, type SubmittedReferral } from '#domain';
import { JobNudge } from '#jobs';
import { Agency, answerOf, Database, once, sql } from '#store';
import { prepareReferral, type SubmissionAnswer } from './prepare-referral.ts';

export interface SendByFormCommand {
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly referral: SubmittedReferral;
  /** The person of the agency, whose agency refers. */
  readonly by: StaffActor;
}

type Referrer = SubmittedReferral['referrer'];

/**
 * Receives a referral from a person of an agency that has no program: all of it is worked out and stored as one that a
 * program of that agency sends. One form is one referral.
 */
@Injectable()
export class SendByForm {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly relay: JobNudge,
  ) {}

  /** @throws Refused `form-sent-before` when the form was received with other answers, or from another person */
  async execute({ formId, referral, by }: SendByFormCommand): Promise<SubmissionAnswer> {
    const agencyId = ownAgency(by);
    const answers = { agencyId, referral };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind: 'own-referral', answers }, async () => {
        const fingerprint = createHash('sha256').update(canonicalize(referral)!).digest();
        const inForce = await this.policies.inForce(tx);
        const agency = await tx.one(Agency, { id: agencyId }, ['sourceCode']);
        const prepared = prepareReferral(tx, inForce, {
          ...{ agencyId, sourceCode: referralSource(agency!.sourceCode), key: formId, fingerprint, referral },
          ...{ setApart: [], taken: { by, receivedBy: 'agency_form' as const } },
        });
        // The wall is for reading: it knows a referral as the agency's own once it is stored.
        await tx.overAll((all) => all.insert(...prepared.rows));
        return { ...prepared.answer };
      }),
    );
    this.relay.nudge();
    return answer;
  }

  /** Who refers, as a new form begins: as on the last form that the person sent for themselves, or by what is known of them. */
  async referrer(by: StaffActor): Promise<Partial<Referrer>> {
    const agencyId = ownAgency(by);
    return this.database.as(by).transaction(async (tx) => {
      const known = await tx.row<{ name: string; email: string; last: Referrer | null }>(sql`
        SELECT s.name, s.email, (
          SELECT mash.submitted(r.id)->'referrer' FROM referral r
          WHERE r.agency_id = ${agencyId} AND r.channel = 'agency_form' AND r.taken_by = s.id
          ORDER BY r.received_at DESC LIMIT 1) AS last
        FROM staff_member s WHERE s.id = ${by.id}`);
      const { name, email, last } = known!;
      if (last?.name !== name) return { name, email };
      const { role, phone } = last;
      return { name, role, ...(phone === undefined ? {} : { phone }), email: last.email ?? email };
    });
  }

  /** @returns the reference of the referral that came of a form; null when this person has not sent it */
  async receivedFrom(formId: string, by: StaffActor): Promise<string | null> {
    const answer = await this.database.as(by).transaction((tx) => answerOf(tx, formId));
    return (answer as Partial<SubmissionAnswer> | null)?.reference ?? null;
  }
}
