import { Injectable } from '@nestjs/common';
import { isHiddenFrom, may, type StaffActor, type StaffRole } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline } from '#deadlines';
import { Refused } from '#platform';
import { Database, once, rowsOf, sql, SupervisionActionDone, type Transaction } from '#store';
import { manages } from './who-manages.ts';

export interface DoActionCommand {
  readonly noteId: string;
  readonly actionId: string;
  /** What came of it; null when nothing is said. */
  readonly words: string | null;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

interface FoundAction {
  readonly ownerId: string;
  readonly isOrphaned: boolean;
  readonly workerId: string;
  readonly writtenBy: string;
  readonly workerRole: StaffRole;
  readonly isDone: boolean;
}

/** The owner of an action says that it is done, which ends its clock. */
@Injectable()
export class DoAction {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `action-of-another`, `action-already-done`, or `form-sent-before` */
  async execute({ formId, by, ...answers }: DoActionCommand): Promise<void> {
    const form = { id: formId, kind: 'supervision-action', answers, about: answers.actionId };
    await this.database.as(by).transaction((tx) => once(tx, form, () => record(tx, { ...answers, by })));
  }
}

async function record(tx: Transaction, command: Omit<DoActionCommand, 'formId'>): Promise<object> {
  const { noteId, actionId, words, by } = command;
  await tx.rows(sql`SELECT 1 FROM supervision_action WHERE id::text = ${actionId} FOR NO KEY UPDATE`);
  const found = await tx.row<FoundAction>(sql`
    SELECT a.owner_id AS "ownerId", NOT o.is_active AS "isOrphaned", n.worker_id AS "workerId",
      n.written_by AS "writtenBy", w.role AS "workerRole",
      EXISTS (SELECT 1 FROM supervision_action_done WHERE action_id = a.id) AS "isDone"
    FROM supervision_action a JOIN supervision_note n ON n.id = a.note_id JOIN staff_member o ON o.id = a.owner_id
    JOIN staff_member w ON w.id = n.worker_id
    LEFT JOIN challenge c ON c.id = n.challenge_id LEFT JOIN sample_item i ON i.id = n.sample_item_id
    LEFT JOIN referral r ON r.id = coalesce(n.referral_id, c.referral_id, i.referral_id)
    WHERE (r.id IS NULL OR NOT ${isHiddenFrom(by.id)}) AND a.id::text = ${actionId} AND n.id::text = ${noteId}`);
  const isTheirs =
    found !== null &&
    ([found.ownerId, found.workerId, found.writtenBy].includes(by.id) || manages(by.role, found.workerRole));
  if (!isTheirs) throw found === null ? new Refused('not-found') : Refused.byPolicy();
  // Of a person who does not work here any more, a manager says what became of the action.
  const mayClose = found.ownerId === by.id || (found.isOrphaned && may(by, 'supervision:write'));
  if (!mayClose) throw new Refused('action-of-another');
  if (found.isDone) throw new Refused('action-already-done');
  await tx.insert(
    rowsOf(SupervisionActionDone, { actionId, words, doneBy: by.id, doneAt: tx.now }),
    auditEntry(tx, 'supervision.action-done', null, { noteId, actionId }),
  );
  await endServiceDeadline(tx, 'supervision_action', `${noteId} ${actionId}`);
  return {};
}
