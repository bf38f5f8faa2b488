import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import type { AnswerKind, Handling, Power } from '#domain';
import { SUBMITTED_NAME } from '#referrals';
import { Database, sql, type Sql, type Transaction } from '#store';

/** A child as a request names it. */
export interface AskedChild {
  /** Its place in the referral, from 0. */
  readonly position: number;
  /** As submitted; empty where none was given. */
  readonly name: string;
  /** A local date; null where it is not known. */
  readonly dateOfBirth: string | null;
}

export interface RequestAnswer {
  readonly id: string;
  readonly kind: AnswerKind;
  readonly leadWorker: string | null;
  readonly lastContactOn: string | null;
  readonly words: string;
  readonly handling: Handling;
  /** The person who answered or wrote it down; the agency where it came by the API. */
  readonly by: string;
  readonly saidBy: string | null;
  readonly answeredAt: Temporal.Instant;
  readonly isLate: boolean;
  readonly cameAfterDecision: boolean;
  readonly reading: { readonly by: string; readonly at: Temporal.Instant; readonly note: string } | null;
}

/** A request for information with all that became of it. */
export interface InformationRequestView {
  readonly id: string;
  readonly reference: string;
  readonly agencyId: string;
  readonly agency: string;
  readonly whatFor: string;
  readonly whyNow: string;
  readonly power: Power;
  readonly askedBy: string;
  readonly askedAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  /** Whether its clock runs. */
  readonly isRunning: boolean;
  readonly isWithdrawn: boolean;
  readonly withdrawnBecause: string | null;
  readonly children: readonly AskedChild[];
  readonly answers: readonly RequestAnswer[];
  readonly chases: readonly { readonly by: string; readonly at: Temporal.Instant; readonly note: string }[];
  /** Whether a decision in force was made without it. */
  readonly isDecidedWithout: boolean;
}

type Stored = Omit<InformationRequestView, 'answers' | 'chases'> & {
  readonly answers: readonly (Omit<RequestAnswer, 'answeredAt' | 'reading'> & {
    readonly answeredAt: string;
    readonly reading: { readonly by: string; readonly at: string; readonly note: string } | null;
  })[];
  readonly chases: readonly { readonly by: string; readonly at: string; readonly note: string }[];
};

/** The requests that a condition on `q` selects, those that were asked first at the top. */
export async function requestsWhere(
  tx: Transaction,
  condition: Sql,
  limit = 200,
): Promise<readonly InformationRequestView[]> {
  const rows = await tx.rows<Stored>(sql`
    SELECT q.id, r.reference, q.agency_id AS "agencyId", agency.name AS agency, q.what_for AS "whatFor",
      q.why_now AS "whyNow", q.power, asker.name AS "askedBy", q.asked_at AS "askedAt", clock.due_at AS "dueAt",
      clock.state = 'open' AS "isRunning", q.withdrawn_at IS NOT NULL AS "isWithdrawn",
      q.withdrawn_because AS "withdrawnBecause",
      (SELECT jsonb_agg(jsonb_build_object('position', who.position, 'name', ${SUBMITTED_NAME}, 'dateOfBirth', who.date_of_birth) ORDER BY who.position)
        FROM information_request_child a JOIN referral_child who USING (referral_id, position)
        WHERE a.request_id = q.id) AS children,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'leadWorker', a.lead_worker,
          'lastContactOn', a.last_contact_on, 'words', a.words, 'handling', a.handling,
          'by', coalesce(person.name, agency.name), 'saidBy', a.said_by, 'answeredAt', a.answered_at,
          'isLate', a.is_late, 'cameAfterDecision', a.came_after IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = a.came_after AND u.sign_off_id IS NULL),
          'reading', CASE WHEN l.answer_id IS NOT NULL
            THEN jsonb_build_object('by', reader.name, 'at', l.read_at, 'note', l.note) END) ORDER BY a.answered_at, a.id), '[]')
        FROM information_answer a LEFT JOIN staff_member person ON person.id = a.answered_by
        LEFT JOIN late_answer_reading l ON l.answer_id = a.id LEFT JOIN staff_member reader ON reader.id = l.read_by
        WHERE a.request_id = q.id) AS answers,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('by', person.name, 'at', c.chased_at, 'note', c.note)
          ORDER BY c.chased_at, c.id), '[]')
        FROM information_chase c JOIN staff_member person ON person.id = c.chased_by
        WHERE c.request_id = q.id) AS chases,
      EXISTS (SELECT 1 FROM decided_without w WHERE w.request_id = q.id
        AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = w.decision_id AND u.sign_off_id IS NULL)
        AND NOT EXISTS (SELECT 1 FROM sign_off s WHERE s.decision_id = w.decision_id AND s.result = 'returned')) AS "isDecidedWithout"
    FROM information_request q JOIN referral r ON r.id = q.referral_id JOIN agency ON agency.id = q.agency_id
    JOIN staff_member asker ON asker.id = q.asked_by
    JOIN LATERAL (SELECT due_at, state FROM deadline
      WHERE kind = 'information_request' AND subject = r.reference || ' ' || q.id
      ORDER BY generation DESC LIMIT 1) clock ON true
    WHERE ${condition} ORDER BY q.asked_at, q.id LIMIT ${limit}`);
  return rows.map(({ answers, chases, ...request }) => ({
    ...request,
    answers: answers.map(({ answeredAt, reading, ...answer }) => ({
      ...answer,
      answeredAt: Temporal.Instant.from(answeredAt),
      reading: reading === null ? null : { ...reading, at: Temporal.Instant.from(reading.at) },
    })),
    chases: chases.map(({ at, ...chase }) => ({ ...chase, at: Temporal.Instant.from(at) })),
  }));
}

/** What the agencies were asked about a referral, and what they answered. Reading the referral is what the record notes. */
@Injectable()
export class ReadRequests {
  constructor(private readonly database: Database) {}

  /** @param reference of a referral that the person may read */
  async execute(reference: string, by: StaffActor): Promise<readonly InformationRequestView[]> {
    return this.database.as(by).transaction((tx) => requestsWhere(tx, sql`r.reference = ${reference}`));
  }
}
