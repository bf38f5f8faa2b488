import { Injectable } from '@nestjs/common';
import { isHiddenFrom, may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { Database, sql } from '#store';
import { rolesManagedBy } from './who-manages.ts';

/** A note in a list. */
export interface NoteLine {
  readonly id: string;
  readonly worker: string;
  readonly workerId: string;
  readonly by: string;
  readonly at: Temporal.Instant;
  /** Of the referral that it is about, if any. */
  readonly reference: string | null;
  /** Actions that are not done, and those of them whose day is past. */
  readonly open: number;
  readonly overdue: number;
  /** The day of the next action, a local date; null when all are done. */
  readonly nextDueOn: string | null;
}

/** An action of a note; instants are RFC 3339. */
export interface NoteAction {
  readonly id: string;
  readonly words: string;
  readonly owner: string;
  readonly ownerId: string;
  /** The owner does not work here any more. */
  readonly isOrphaned: boolean;
  /** The last day for it, a local date, and when that ends. */
  readonly dueOn: string;
  readonly dueAt: string;
  readonly done: { readonly by: string; readonly at: string; readonly words: string | null } | null;
}

export interface NotePage extends Omit<NoteLine, 'open' | 'overdue' | 'nextDueOn'> {
  readonly words: string;
  readonly about: 'referral' | 'challenge' | 'sample' | null;
  /** The challenge or the sampled decision that it is about; null for others. */
  readonly aboutId: string | null;
  /** Of a sampled decision, such as `2026-10`. */
  readonly month: string | null;
  readonly actions: readonly NoteAction[];
}

/** A person to whom a note can be written, or who can have an action of one. */
export interface SupervisedPerson {
  readonly id: string;
  readonly name: string;
}

/** As many as a list shows; the latest. */
const SHOWN = 200;

/** Supervision notes: read by the person they are to, by who wrote them, by that person's managers, and by owners of their actions. */
@Injectable()
export class ReadNotes {
  constructor(private readonly database: Database) {}

  /** Those that a person may read: what is overdue first, then what is open, then the latest. */
  async all(by: StaffActor): Promise<{ readonly notes: readonly NoteLine[]; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const notes = await tx.rows<NoteLine>(sql`
        SELECT ${HEAD}, open.count AS open, open.overdue, open.next AS "nextDueOn"
        FROM ${NOTES} CROSS JOIN LATERAL (
          SELECT count(*)::int AS count, count(*) FILTER (WHERE a.due_at <= ${tx.now})::int AS overdue,
            min(a.due_on)::text AS next
          FROM supervision_action a WHERE a.note_id = n.id
            AND NOT EXISTS (SELECT 1 FROM supervision_action_done WHERE action_id = a.id)) open
        WHERE ${readableBy(by)}
        ORDER BY open.overdue > 0 DESC, open.count > 0 DESC, open.next, n.written_at DESC, n.id LIMIT ${SHOWN}`);
      await tx.insert(auditEntry(tx, 'supervision.read', null, { notes: notes.length }));
      return { notes, now: tx.now };
    });
  }

  /** @throws Refused `not-found` when there is none that this person may read */
  async one({
    id,
    by,
  }: {
    id: string;
    by: StaffActor;
  }): Promise<{ readonly note: NotePage; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const note = await tx.row<NotePage>(sql`
        SELECT ${HEAD}, n.words, coalesce(n.challenge_id, n.sample_item_id) AS "aboutId",
          CASE WHEN n.challenge_id IS NOT NULL THEN 'challenge' WHEN n.sample_item_id IS NOT NULL THEN 'sample'
            WHEN n.referral_id IS NOT NULL THEN 'referral' END AS about,
          (SELECT to_char(s.month, 'YYYY-MM') FROM sample s WHERE s.id = i.sample_id) AS month,
          (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'words', a.words, 'owner', o.name, 'ownerId', o.id,
             'isOrphaned', NOT o.is_active, 'dueOn', a.due_on, 'dueAt', a.due_at,
             'done', CASE WHEN e.action_id IS NOT NULL THEN jsonb_build_object('by', p.name, 'at', e.done_at,
               'words', e.words) END) ORDER BY a.position), '[]')
           FROM supervision_action a JOIN staff_member o ON o.id = a.owner_id
           LEFT JOIN supervision_action_done e ON e.action_id = a.id LEFT JOIN staff_member p ON p.id = e.done_by
           WHERE a.note_id = n.id) AS actions
        FROM ${NOTES} WHERE n.id = ${id} AND ${readableBy(by)}`);
      if (note === null) {
        const isThere = await tx.row(sql`
          SELECT 1 FROM ${NOTES} WHERE n.id = ${id} AND (r.id IS NULL OR NOT ${isHiddenFrom(by.id)})`);
        throw isThere === null ? new Refused('not-found') : Refused.byPolicy();
      }
      await tx.insert(auditEntry(tx, 'supervision.read', null, { noteId: id, worker: note.workerId }));
      return { note, now: tx.now };
    });
  }

  /** The people to whom a person may write notes, and the managers who may have an action of one; by name. */
  async people(by: StaffActor): Promise<{
    readonly workers: readonly SupervisedPerson[];
    readonly managers: readonly SupervisedPerson[];
  }> {
    if (!may(by, 'supervision:write')) throw Refused.byPolicy();
    return this.database.as(by).transaction(async (tx) => ({
      workers: await tx.rows<SupervisedPerson>(sql`
        SELECT id, name FROM staff_member
        WHERE is_active AND role = ANY(${rolesManagedBy(by.role)}) AND id <> ${by.id} ORDER BY name, id`),
      managers: await tx.rows<SupervisedPerson>(sql`
        SELECT id, name FROM staff_member
        WHERE is_active AND role IN ('manager', 'service_manager', 'head_of_service') ORDER BY name, id`),
    }));
  }
}

const NOTES = sql`supervision_note n JOIN staff_member w ON w.id = n.worker_id
  JOIN staff_member m ON m.id = n.written_by
  LEFT JOIN challenge c ON c.id = n.challenge_id LEFT JOIN sample_item i ON i.id = n.sample_item_id
  LEFT JOIN referral r ON r.id = coalesce(n.referral_id, c.referral_id, i.referral_id)`;

const HEAD = sql`n.id, w.name AS worker, w.id AS "workerId", m.name AS by, n.written_at AS at, r.reference`;

/** Of a referral that is hidden from the person no note is there for them, whoever wrote it. */
const readableBy = ({
  id,
  role,
}: StaffActor) => sql`((r.id IS NULL OR NOT ${isHiddenFrom(id)}) AND (n.worker_id = ${id} OR n.written_by = ${id}
  OR w.role = ANY(${rolesManagedBy(role)})
  OR EXISTS (SELECT 1 FROM supervision_action WHERE note_id = n.id AND owner_id = ${id})))`;
