import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { noteChange } from '#referrals';
import { Database, EdgeOfCarePlan, once, rowsOf, sql } from '#store';
import { edgeOfCareOf } from './edge-of-care-of.ts';

export interface PlanEdgeOfCareCommand {
  readonly reference: string;
  /** The children who might come into care, by their places in the referral, from 0. */
  readonly children: readonly number[];
  readonly why: string;
  /** By when it might happen, a local date; null where it cannot be said. */
  readonly byWhen: string | null;
  /** What the wider family has been asked, and offers. */
  readonly familyNetwork: string;
  readonly childsView: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person says who might come into care and why, for the edge of care service. Said again, the latest holds. */
@Injectable()
export class PlanEdgeOfCare {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `not-at-the-edge-of-care`, or `form-sent-before` */
  async execute({ reference, formId, by, ...said }: PlanEdgeOfCareCommand): Promise<void> {
    const form = { id: formId, kind: 'edge-of-care', answers: { reference, ...said } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { referral, route } = await edgeOfCareOf(tx, reference);
        const { children } = (await tx.row<{ children: number }>(sql`
          SELECT count(*)::int AS children FROM referral_child WHERE referral_id = ${referral.id}`))!;
        if (said.children.some((position) => position >= children)) throw new Refused('not-found');
        const id = randomUUIDv7();
        const about = { id, referralId: referral.id, decisionId: route.decisionId };
        await noteChange(tx, referral.id);
        await tx.insert(
          rowsOf(EdgeOfCarePlan, { ...about, ...said, writtenBy: by.id, writtenAt: tx.now }),
          auditEntry(tx, 'edge-of-care.planned', referral.id, { planId: id, children: said.children.length }),
        );
        return {};
      }),
    );
  }
}
