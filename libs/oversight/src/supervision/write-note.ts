import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isHiddenFromPerson, may, type StaffActor, type StaffRole } from '#access';
import { auditEntry } from '#audit';
import { oversightDeadlineRows, Policies } from '#deadlines';
import { armSupervisionAction, localDate, parseReferralReference, plannedDay } from '#domain';
import { Refused } from '#platform';
import { Database, once, rowsOf, sql, SupervisionAction, SupervisionNote, type Transaction } from '#store';
import { manages, MANAGERS_OF } from './who-manages.ts';

/** What a note is about: a referral by its reference, a challenge or a graded sample by its id. */
export type NoteSubject =
  | { readonly kind: 'referral'; readonly reference: string }
  | { readonly kind: 'challenge'; readonly id: string }
  | { readonly kind: 'sample'; readonly id: string };

export interface NewAction {
  readonly words: string;
  readonly ownerId: string;
  /** The last day for it, a local date `YYYY-MM-DD`. */
  readonly dueOn: string;
}

export interface WriteNoteCommand {
  readonly workerId: string;
  readonly words: string;
  /** Null when it is about no one thing. */
  readonly about: NoteSubject | null;
  readonly actions: readonly NewAction[];
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
}

/** A manager writes a supervision note to a person whom they manage. Each action has a clock, which ends when it is done. */
@Injectable()
export class WriteNote {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns the id of the note
   * @throws Refused `not-found` when the thing that it is about is not there, `not-to-this-person`, `due-day-is-past`,
   * or `form-sent-before`
   */
  async execute({ formId, by, ...answers }: WriteNoteCommand): Promise<string> {
    const form = { id: formId, kind: 'supervision', answers, about: formId };
    return this.database.as(by).transaction(async (tx) => {
      const { answer } = await once(tx, form, () => this.write(tx, { ...answers, by }));
      return answer.id;
    });
  }

  private async write(tx: Transaction, command: Omit<WriteNoteCommand, 'formId'>): Promise<{ readonly id: string }> {
    const { workerId, words, about, actions, by } = command;
    const people = await activePeople(tx, [workerId, ...actions.map(({ ownerId }) => ownerId)]);
    const worker = people.get(workerId);
    if (worker === undefined || workerId === by.id || !manages(by.role, worker.role) || !mayRead(worker)) {
      throw new Refused('not-to-this-person');
    }
    const owners = actions.map(({ ownerId }) => people.get(ownerId));
    const mayOwn = (one: Person) => one.id === workerId || one.id === by.id || manages(one.role, worker.role);
    if (owners.some((owner) => owner === undefined || !mayOwn(owner))) throw new Refused('not-to-this-person');
    const inForce = await this.policies.inForce(tx);
    const today = localDate(inForce.calendar, tx.now);
    if (actions.some(({ dueOn }) => Temporal.PlainDate.compare(plannedDay(dueOn), today) < 0)) {
      throw new Refused('due-day-is-past');
    }
    const subject = await this.subject(tx, about, [by.id, ...people.keys()]);
    const noteId = randomUUIDv7();
    const armed = actions.map((action, index) => {
      const managers = MANAGERS_OF[owners[index]!.role];
      const clock = armSupervisionAction(inForce.calendar, plannedDay(action.dueOn), managers);
      return { id: randomUUIDv7(), ...action, position: index + 1, clock };
    });
    await tx.insert(
      rowsOf(SupervisionNote, {
        ...{ id: noteId, workerId, words, writtenBy: by.id, writtenAt: tx.now },
        ...subject,
      }),
      rowsOf(SupervisionAction, ...armed.map(({ clock, ...action }) => ({ ...action, noteId, dueAt: clock.dueAt }))),
      ...armed.flatMap(({ id, ownerId, clock }) =>
        oversightDeadlineRows(tx, { kind: 'supervision_action', subject: `${noteId} ${id}`, ownerId }, clock, inForce),
      ),
      // Not on the record of the referral, which all who work on it read.
      auditEntry(tx, 'supervision.written', null, { noteId, worker: workerId, actions: actions.length }),
    );
    return { id: noteId };
  }

  /**
   * The column that says what the note is about, where all of its people may open that.
   *
   * @throws Refused `not-found` when it is not there, is hidden from the writer, or is a sample that a reader has still to
   * read blind; `not-to-this-person` when it is hidden from another of them
   */
  private async subject(tx: Transaction, about: NoteSubject | null, [writer, ...others]: readonly string[]) {
    const found = about === null ? null : await subjectOf(tx, about);
    if (found === null) {
      if (about === null) return {};
      throw new Refused('not-found');
    }
    const { of, ...column } = found;
    if (await isHiddenFromPerson(tx, of, writer!)) throw new Refused('not-found');
    for (const person of others) if (await isHiddenFromPerson(tx, of, person)) throw new Refused('not-to-this-person');
    return column;
  }
}

const mayRead = ({ id, name, role }: Person) => may({ kind: 'staff', id, name, role }, 'supervision:read');

async function activePeople(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const found = await tx.rows<Person>(sql`
    SELECT id, name, role FROM staff_member WHERE id = ANY(${ids}::uuid[]) AND is_active`);
  return new Map(found.map((one) => [one.id, one]));
}

/** The column for it, and the referral that it is of. */
async function subjectOf(tx: Transaction, about: NoteSubject) {
  switch (about.kind) {
    case 'referral':
      return tx.row<{ referralId: string; of: string }>(sql`
        SELECT id AS "referralId", id AS of FROM referral WHERE reference = ${parseReferralReference(about.reference) ?? ''}`);
    case 'challenge':
      return tx.row<{ challengeId: string; of: string }>(sql`
        SELECT id AS "challengeId", referral_id AS of FROM challenge WHERE id::text = ${about.id}`);
    case 'sample':
      return tx.row<{ sampleItemId: string; of: string }>(sql`
        SELECT i.id AS "sampleItemId", i.referral_id AS of FROM sample_item i JOIN sample_grade g ON g.item_id = i.id
        WHERE i.id::text = ${about.id}`);
  }
}
