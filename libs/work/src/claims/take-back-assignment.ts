import { Injectable } from '@nestjs/common';
import { isHiddenFromPerson, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { holdReferral, lockReferral, releaseReferral } from '#referrals';
import { answerOf, Database, followingForm, once, type Transaction } from '#store';
import { personWhoMayHold, type Assigned, type Assignment } from './assign-referrals.ts';

export interface TakeBackAssignmentCommand {
  /** The form by which this person assigned the referrals, a UUID. */
  readonly assignment: string;
  readonly by: StaffActor;
}

/** The references of an assignment that is taken back. */
export interface TakenBack {
  /** With the person who had them before, or back on the queue. */
  readonly back: readonly string[];
  /** Where an act followed: these stay as they are. */
  readonly kept: readonly string[];
}

/** Undoes an assignment: each referral is with the person who had it before, or back on the queue. */
@Injectable()
export class TakeBackAssignment {
  constructor(private readonly database: Database) {}

  /**
   * A referral on which a person has acted since stays where it is. To open it is no act.
   *
   * @throws Refused `not-found` when this person sent no such form
   */
  async execute({ assignment, by }: TakeBackAssignmentCommand): Promise<TakenBack> {
    if (!isUuid(assignment)) throw new Refused('not-found');
    const form = { id: followingForm(assignment), kind: 'take-back-assignment', answers: { assignment } };
    return this.database.as(by).transaction(async (tx) => {
      const { answer } = await once(tx, form, async () => {
        const sent = (await answerOf(tx, assignment)) as Partial<Assignment> | null;
        if (sent?.assigned === undefined) throw new Refused('not-found');
        const results: (readonly [string, boolean])[] = [];
        // In the order of their references, as they were assigned.
        for (const one of sent.assigned) results.push([one.reference, await takeBack(tx, one)]);
        const which = (isBack: boolean) =>
          results.filter(([, back]) => back === isBack).map(([reference]) => reference);
        return { back: which(true), kept: which(false) };
      });
      return answer;
    });
  }
}

/** @returns whether it went back; false when a person has acted on it since */
async function takeBack(tx: Transaction, { reference, from, version }: Assigned): Promise<boolean> {
  const referral = await lockReferral(tx, reference);
  if (referral.version !== version) return false;
  const before = from === null ? null : await personWhoMayHold(tx, from);
  const mayHoldIt = before !== null && !(await isHiddenFromPerson(tx, referral.id, before.id));
  if (!mayHoldIt) await releaseReferral(tx, referral.id);
  else await holdReferral(tx, referral, before.id);
  const details = { from: referral.claimedBy, to: mayHoldIt ? before.id : null };
  await tx.insert(auditEntry(tx, 'referral.assignment-taken-back', referral.id, details));
  return true;
}
