import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { isKnownThere, type CaseResult } from '#domain';
import { Refused } from '#platform';
import { lockReferral, noteChange } from '#referrals';
import { CaseCheck, Database, once, rowsOf, sql } from '#store';

/** What the case system says of one child of a referral. Texts are empty where nothing was said. */
export interface FoundInCaseSystem {
  /** The child's place in the referral, from 0. */
  readonly position: number;
  readonly result: CaseResult;
  readonly caseNumber: string;
  readonly worker: string;
  readonly team: string;
  /** Why it could not be checked. Left out where it was. */
  readonly reason: string;
}

export interface CheckCaseSystemCommand {
  readonly reference: string;
  /** At least one; a child that is left out stands as before. */
  readonly children: readonly FoundInCaseSystem[];
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Records what the council's case system says of the children of a referral, as a person has read it there. */
@Injectable()
export class CheckCaseSystem {
  constructor(private readonly database: Database) {}

  /**
   * A colleague who is deciding at that moment is told before the decision is recorded.
   *
   * @throws Refused `not-found`, also for a child that the referral has not, or `form-sent-before`
   */
  async execute({ reference, children, formId, by }: CheckCaseSystemCommand): Promise<void> {
    const form = { id: formId, kind: 'case-check', answers: { reference, children } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { id: referralId, version } = await lockReferral(tx, reference);
        const positions = children.map(({ position }) => position);
        const { count } = (await tx.row<{ count: number }>(sql`
          SELECT count(*)::int AS count FROM referral_child
          WHERE referral_id = ${referralId} AND position = ANY(${positions}::int[])`))!;
        if (count === 0 || count !== children.length) throw new Refused('not-found');
        await noteChange(tx, referralId);
        const rows = children.map(({ position, result, ...said }) => ({
          ...{ id: randomUUIDv7(), referralId, position, result, madeVersion: version + 1 },
          caseNumber: isKnownThere(result) ? orNull(said.caseNumber) : null,
          worker: isKnownThere(result) ? orNull(said.worker) : null,
          team: isKnownThere(result) ? orNull(said.team) : null,
          ...{ checkedBy: by.id, checkedAt: tx.now },
          reason: result === 'not_checked' ? said.reason : null,
        }));
        const checks = children.map(({ position, result }) => `${position + 1} ${result}`);
        await tx.insert(rowsOf(CaseCheck, ...rows), auditEntry(tx, 'child.case-checked', referralId, { checks }));
        return {};
      }),
    );
  }
}

const orNull = (text: string) => (text === '' ? null : text);
