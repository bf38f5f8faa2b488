import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { SAMPLE_CRITERIA, type SampleCriterion, type SampleGrade } from '#domain';
import { Refused } from '#platform';
import { lockReferral, reopenDecided } from '#referrals';
import { endRouteOfDecision } from '#routes';
import { Database, once, RecordedSampleCriterion, RecordedSampleGrade, rowsOf, sql, type Transaction } from '#store';
import { lockItem, type FoundItem } from './sample-item.ts';

export interface GradeSampleCommand {
  readonly itemId: string;
  readonly criteria: Readonly<Record<SampleCriterion, SampleGrade>>;
  readonly grade: SampleGrade;
  readonly words: string;
  /** Why the decision may leave a child unsafe, with the grade `inadequate`; null where it does not. */
  readonly unsafeReason: string | null;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/**
 * A reader grades a decision that they have read blind. Where it may leave a child unsafe, the referral is open again
 * in the same transaction, and its people are told at once.
 */
@Injectable()
export class GradeSample {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns whether it opened the referral again
   * @throws Refused `not-found`, `sample-of-own-decision`, `sample-not-read-blind`, `sample-already-graded`, or
   * `form-sent-before`
   */
  async execute({ formId, by, ...answers }: GradeSampleCommand): Promise<{ readonly reopened: boolean }> {
    const form = { id: formId, kind: 'sample-grade', answers, about: answers.itemId };
    return this.database.as(by).transaction(async (tx) => {
      const { answer } = await once(tx, form, () => this.record(tx, { ...answers, by }));
      return answer;
    });
  }

  private async record(tx: Transaction, command: Omit<GradeSampleCommand, 'formId'>) {
    const { itemId, criteria, grade, words, unsafeReason, by } = command;
    const item = await lockItem(tx, itemId, by.id);
    if (item.isGraded) throw new Refused('sample-already-graded');
    if (item.readingId === null) throw new Refused('sample-not-read-blind');
    const id = randomUUIDv7();
    const reopened = unsafeReason !== null && (await this.reopen(tx, item, id));
    await tx.insert(
      rowsOf(RecordedSampleGrade, {
        ...{ id, itemId, readingId: item.readingId, gradedBy: by.id },
        ...{ grade, words, unsafeReason, hasReopened: reopened, gradedAt: tx.now },
      }),
      rowsOf(
        RecordedSampleCriterion,
        ...SAMPLE_CRITERIA.map((criterion) => ({ gradeId: id, criterion, grade: criteria[criterion] })),
      ),
      auditEntry(tx, 'sample.graded', item.referralId, { itemId, gradeId: id }),
    );
    return { reopened };
  }

  /** Only a decision that is still in effect can be undone by it: a referral that is open already stays as it is. */
  private async reopen(tx: Transaction, item: FoundItem, gradeId: string): Promise<boolean> {
    const referral = await lockReferral(tx, item.reference);
    const inEffect = await tx.row(sql`
      SELECT 1 FROM referral r JOIN response_time t ON t.id = r.response_time_id
      WHERE r.id = ${referral.id} AND r.status = 'decided' AND t.decision_id = ${item.decisionId}`);
    if (inEffect === null) return false;
    await endRouteOfDecision(tx, referral, 'decided_again');
    await reopenDecided(tx, this.policies, referral);
    await tx.insert(
      auditEntry(tx, 'referral.reopened-by-sample', referral.id, { decisionId: item.decisionId, gradeId }),
    );
    return true;
  }
}
