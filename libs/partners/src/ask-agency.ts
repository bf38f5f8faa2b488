import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hasPeople, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { followUpRows, followUpSubject, Policies } from '#deadlines';
import { after, armFollowUp, followUpSpan, type Power } from '#domain';
import { isUuid, Refused } from '#platform';
import { lockReferral } from '#referrals';
import { Database, InformationRequest, InformationRequestChild, once, rowsOf, sql, type Transaction } from '#store';

export interface AskAgencyCommand {
  readonly reference: string;
  /** The ids of the agencies that are asked, one or more. Each is asked by a request of its own. */
  readonly agencies: readonly string[];
  readonly whatFor: string;
  readonly whyNow: string;
  readonly power: Power;
  /** The children that it is about: their places in the referral, from 0. */
  readonly children: readonly number[];
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/**
 * Asks agencies what they know of some children of a referral. Each request has a clock by the rating of the referral
 * (policy key `informationDue`) and alerts of its own. Nothing waits for the answer: the referral can be decided.
 */
@Injectable()
export class AskAgency {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, `form-sent-before`, or `already-asked` when an agency has an open request about it */
  async execute({ formId, ...command }: AskAgencyCommand): Promise<void> {
    const { by, ...answers } = command;
    const form = { id: formId, kind: 'ask-agency', answers };
    await this.database.as(by).transaction((tx) => once(tx, form, () => this.ask(tx, command)));
  }

  private async ask(tx: Transaction, command: Omit<AskAgencyCommand, 'formId'>) {
    const { reference, whatFor, whyNow, power, by } = command;
    const agencies = [...new Set(command.agencies)];
    const children = [...new Set(command.children)];
    const { id: referralId, rating } = await lockReferral(tx, reference);
    await mustBeThere(tx, referralId, agencies, children);
    const inForce = await this.policies.inForce(tx);
    const { policy, calendar } = inForce;
    const times = {
      rating,
      startedAt: tx.now,
      dueAt: after(calendar, tx.now, followUpSpan(policy, 'information_request', rating)),
    };
    for (const agencyId of agencies) {
      const id = randomUUIDv7();
      const subject = followUpSubject(reference, id);
      const about = { kind: 'information_request', subject, ownerId: by.id, agencyId } as const;
      const armed = armFollowUp(calendar, 'information_request', times, await hasPeople(tx, agencyId));
      await tx.insert(
        rowsOf(InformationRequest, {
          ...{ id, referralId, agencyId, whatFor, whyNow, power },
          ...{ askedBy: by.id, askedAt: tx.now, withdrawnBy: null, withdrawnAt: null, withdrawnBecause: null },
        }),
        rowsOf(InformationRequestChild, ...children.map((position) => ({ requestId: id, referralId, position }))),
        auditEntry(tx, 'information.asked', referralId, { requestId: id, agencyId, power }),
        ...followUpRows(tx, about, armed, inForce),
      );
    }
    return { asked: agencies.length };
  }
}

async function mustBeThere(
  tx: Transaction,
  referralId: string,
  agencies: readonly string[],
  children: readonly number[],
): Promise<void> {
  const areChildren = children.length > 0 && children.every((one) => Number.isInteger(one) && one >= 0 && one < 100);
  if (agencies.length === 0 || !areChildren || !agencies.every(isUuid)) throw new Refused('not-found');
  const found = await tx.row<{ agencies: number; children: number; asked: number }>(sql`
    SELECT (SELECT count(*)::int FROM agency WHERE id = ANY(${agencies}::uuid[])) AS agencies,
      (SELECT count(*)::int FROM referral_child
       WHERE referral_id = ${referralId} AND position = ANY(${children}::smallint[])) AS children,
      (SELECT count(*)::int FROM information_request q
       WHERE q.referral_id = ${referralId} AND q.agency_id = ANY(${agencies}::uuid[]) AND q.withdrawn_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM information_answer WHERE request_id = q.id)) AS asked`);
  if (found!.agencies !== agencies.length || found!.children !== children.length) throw new Refused('not-found');
  if (found!.asked > 0) throw new Refused('already-asked');
}
