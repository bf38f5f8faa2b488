import { Injectable } from '@nestjs/common';
import { isHiddenFromPerson, may, mayHold, type StaffActor, type StaffRole } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { hasRoom } from '#domain';
import { isUuid, Refused } from '#platform';
import { holdReferral, lockReferral, renewHold } from '#referrals';
import { Database, once, StaffMember, type Transaction } from '#store';
import { endClaimDeadline } from './claim-referral.ts';
import { claimNoteRows, leaveNote } from './claim-note-rows.ts';
import { holdersFor } from './read-holders.ts';

export interface AssignReferralsCommand {
  readonly references: readonly string[];
  /** The person who is to hold them. */
  readonly to: string;
  /** The text for that person; may be empty. */
  readonly note: string;
  /** Why this person, where another knows the child, or this one has no room; empty where no reason is needed. */
  readonly because?: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A referral that has another holder by an assignment. */
export interface Assigned {
  readonly reference: string;
  /** Who held it before; null when no person did. */
  readonly from: string | null;
  /** Its version after the act. */
  readonly version: number;
}

/** What an assignment did. Without those that the person held already. */
export interface Assignment {
  readonly assigned: readonly Assigned[];
}

/** Gives referrals to a person: a manager any that wait for a decision, other people those that they hold themselves. */
@Injectable()
export class AssignReferrals {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * All of them, or none.
   *
   * @throws Refused `not-found`, `already-decided`, `held-by-someone-else`, `holder-not-let-in`, `form-sent-before`,
   * `another-knows-the-child` or `no-room-for-it` without a reason, or
   * `cannot-hold-referrals` when the person does not work here any more, or works on no referrals
   */
  async execute({ formId, by, ...assignment }: AssignReferralsCommand): Promise<Assignment> {
    const form = { id: formId, kind: 'assign', answers: assignment };
    const { references, to, because = '' } = assignment;
    const note =
      because === ''
        ? assignment.note
        : [assignment.note, `Why this person: ${because}`].filter((one) => one !== '').join('\n');
    return this.database.as(by).transaction(async (tx) => {
      const { answer } = await once(tx, form, async () => {
        // Before the points of the person are counted: two managers at once never exceed the cap.
        await tx.lock('takingWork', to);
        if (because === '') await needNoReason(tx, this.policies, references, to);
        const assigned: (Assigned | null)[] = [];
        // In one order, so that two managers who assign the same ones do not wait for each other.
        for (const reference of [...new Set(references)].sort())
          assigned.push(await assignReferral(tx, reference, to, note, by));
        return { assigned: assigned.filter((one) => one !== null) };
      });
      return answer;
    });
  }
}

/**
 * Referrals are given to a person without a reason. The person gets work by one act at a time, so that two never exceed
 * the cap.
 *
 * @throws Refused `another-knows-the-child`, or `no-room-for-it` when the person's cap would be exceeded
 */
export async function needNoReason(
  tx: Transaction,
  policies: Policies,
  references: readonly string[],
  to: string,
): Promise<void> {
  const { people, given, expected } = await holdersFor(tx, policies, references);
  const person = people.find(({ id }) => id === to);
  if (person === undefined) return;
  if (expected !== null && !expected.includes(to)) throw new Refused('another-knows-the-child');
  if (!hasRoom(person, given)) throw new Refused('no-room-for-it');
}

/** Gives one referral to a person, in the transaction of the act. @returns null when the person held it already */
export async function assignReferral(
  tx: Transaction,
  reference: string,
  to: string,
  note: string,
  by: StaffActor,
): Promise<Assigned | null> {
  if ((await personWhoMayHold(tx, to)) === null) throw new Refused('cannot-hold-referrals');
  const referral = await lockReferral(tx, reference);
  const { id, claimedBy, status } = referral;
  if (status !== 'awaiting_decision') throw new Refused('already-decided');
  if (await isHiddenFromPerson(tx, id, to)) throw new Refused('holder-not-let-in');
  if (claimedBy !== by.id && !may(by, 'claim:assign')) throw new Refused('held-by-someone-else');
  // A person who has it already does not hold it since now, but keeps it.
  if (claimedBy === to) {
    await renewHold(tx, id);
    await leaveNote(tx, id, 'assigned', note);
    return null;
  }
  const { rows, details } = claimNoteRows(tx, id, 'assigned', note);
  await tx.insert(...rows, auditEntry(tx, 'referral.assigned', id, { from: claimedBy, to, ...details }));
  await holdReferral(tx, referral, to);
  if (claimedBy === null) await endClaimDeadline(tx, id);
  return { reference: referral.reference, from: claimedBy, version: referral.version + 1 };
}

/** The person of this id; null when they do not work here any more, or work on no referrals. */
export async function personWhoMayHold(tx: Transaction, id: string): Promise<Pick<StaffMember, 'id'> | null> {
  const person = isUuid(id) ? await tx.one(StaffMember, { id, isActive: true }, ['id', 'name', 'role']) : null;
  return person !== null && mayHold({ ...person, role: person.role as StaffRole }) ? person : null;
}
