import { Injectable } from '@nestjs/common';
import { may, mayHold, type StaffActor, type StaffRole } from '#access';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { holdReferral, lockReferral, renewHold } from '#referrals';
import { Database, once, StaffMember, type Transaction } from '#store';
import { endClaimDeadline } from './claim-referral.ts';
import { claimNoteRows, leaveNote } from './claim-note-rows.ts';

export interface AssignReferralsCommand {
  readonly references: readonly string[];
  /** The person who is to hold them. */
  readonly to: string;
  /** The text for that person; may be empty. */
  readonly note: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Gives referrals to a person: a manager any that wait for a decision, other people those that they hold themselves. */
@Injectable()
export class AssignReferrals {
  constructor(private readonly database: Database) {}

  /**
   * All of them, or none.
   *
   * @throws Refused `not-found`, `already-decided`, `held-by-someone-else`, `form-sent-before`, or
   * `cannot-hold-referrals` when the person does not work here any more, or works on no referrals
   */
  async execute({ formId, by, ...assignment }: AssignReferralsCommand): Promise<void> {
    const form = { id: formId, kind: 'assign', answers: assignment };
    const { references, to, note } = assignment;
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        // In one order, so that two managers who assign the same ones do not wait for each other.
        for (const reference of [...new Set(references)].sort()) await assignReferral(tx, reference, to, note, by);
        return {};
      }),
    );
  }
}

/** Gives one referral to a person, in the transaction of the act. */
export async function assignReferral(
  tx: Transaction,
  reference: string,
  to: string,
  note: string,
  by: StaffActor,
): Promise<void> {
  const person = isUuid(to) ? await tx.one(StaffMember, { id: to, isActive: true }, ['id', 'name', 'role']) : null;
  if (person === null || !mayHold({ ...person, role: person.role as StaffRole }))
    throw new Refused('cannot-hold-referrals');
  const referral = await lockReferral(tx, reference);
  const { id, claimedBy, status } = referral;
  if (status !== 'awaiting_decision') throw new Refused('already-decided');
  if (claimedBy !== by.id && !may(by, 'claim:assign')) throw new Refused('held-by-someone-else');
  // A person who has it already does not hold it since now, but keeps it.
  if (claimedBy === to) {
    await renewHold(tx, id);
    return leaveNote(tx, id, 'assigned', note);
  }
  const { rows, details } = claimNoteRows(tx, id, 'assigned', note);
  await tx.insert(...rows, auditEntry(tx, 'referral.assigned', id, { from: claimedBy, to, ...details }));
  await holdReferral(tx, referral, to);
  if (claimedBy === null) await endClaimDeadline(tx, id);
}
