import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { agencyOf, type AccessActor, type AgencyActor, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline, followUpSubject, Policies } from '#deadlines';
import type { AnswerKind, Handling, Rating } from '#domain';
import { noteChange } from '#referrals';
import { Database, InformationAnswer, once, rowsOf, sql, type Transaction } from '#store';
import { lockRequest, type LockedRequest } from './lock-request.ts';
import { tellDecider } from './tell-decider.ts';

/** What an agency says. */
export interface AnswerToRequest {
  readonly kind: AnswerKind;
  /** Who knows the child best at the agency; empty where no person does. */
  readonly leadWorker: string;
  /** A local date; null where there was no contact, or it is not known. */
  readonly lastContactOn: Temporal.PlainDate | null;
  /** What is known, or why it is refused. */
  readonly words: string;
  readonly handling: Handling;
}

export interface AnswerByForm extends AnswerToRequest {
  readonly request: string;
  /** Who at the agency said it, where a person of the hub writes it down; empty where the agency answers itself. */
  readonly saidBy: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

export interface AnswerByApi extends AnswerToRequest {
  readonly request: string;
  readonly by: AgencyActor;
}

/**
 * An agency answers what the hub asked. The first answer ends the clock, a later one adds to it. An answer is taken at
 * any time, also after the decision, and after the request was withdrawn: what is known of a child is not turned away.
 * After the decision, the decider is told (policy key `followUpDue`).
 */
@Injectable()
export class AnswerRequest {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, also for a request to another agency, or `form-sent-before` */
  async execute({ formId, by, saidBy, request, ...answer }: AnswerByForm): Promise<void> {
    const { lastContactOn } = answer;
    const answers = { request, saidBy, ...answer, lastContactOn: lastContactOn?.toString() ?? null };
    const form = { id: formId, kind: 'answer-request', answers };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const found = await lockRequest(tx, request, agencyOf(by));
        await this.keep(tx, found, answer, { by, saidBy: agencyOf(by) === null ? saidBy : null });
        return {};
      }),
    );
  }

  /** By a credential. The same answer sent again is not kept twice. @throws Refused `not-found` */
  async executeByApi({ by, request, ...answer }: AnswerByApi): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      const found = await lockRequest(tx, request, agencyOf(by));
      if (await isLatest(tx, found.id, answer)) return;
      await this.keep(tx, found, answer, { by, saidBy: null });
    });
  }

  private async keep(
    tx: Transaction,
    request: LockedRequest,
    { lastContactOn, leadWorker, ...answer }: AnswerToRequest,
    { by, saidBy }: { readonly by: AccessActor; readonly saidBy: string | null },
  ): Promise<void> {
    const { id: requestId, referralId, reference, isAnswered } = request;
    const id = randomUUIDv7();
    const { rating, isOverdue, decisionId, deciderId } = await standing(tx, request);
    await tx.insert(
      rowsOf(InformationAnswer, {
        ...{ id, requestId, ...answer, saidBy },
        leadWorker: leadWorker === '' ? null : leadWorker,
        lastContactOn: lastContactOn?.toString() ?? null,
        answeredBy: by.kind === 'staff' ? by.id : null,
        answeredAt: tx.now,
        isLate: isOverdue && !isAnswered,
        cameAfter: decisionId,
      }),
      auditEntry(tx, 'information.answered', referralId, {
        ...{ requestId, answerId: id, agencyId: request.agencyId, kind: answer.kind, handling: answer.handling },
      }),
    );
    await endServiceDeadline(tx, 'information_request', followUpSubject(reference, requestId));
    await noteChange(tx, referralId);
    if (deciderId !== null)
      await tellDecider(tx, this.policies, { subject: followUpSubject(reference, id), deciderId, rating });
  }
}

interface Standing {
  readonly rating: Rating;
  readonly isOverdue: boolean;
  /** The decision that was made without the answer, and who made it; null where there is none. */
  readonly decisionId: string | null;
  readonly deciderId: string | null;
}

async function standing(tx: Transaction, { id, reference }: LockedRequest): Promise<Standing> {
  const found = await tx.row<Standing>(sql`
    SELECT r.rating,
      -- A decision stops the clock, and gives the agency no more time.
      coalesce((SELECT due_at < ${tx.now} AND (q.withdrawn_at IS NULL OR q.withdrawn_at > due_at) FROM deadline
        WHERE kind = 'information_request' AND subject = ${followUpSubject(reference, id)}
        ORDER BY generation DESC LIMIT 1), false) AS "isOverdue",
      d.id AS "decisionId", d.decided_by AS "deciderId"
    FROM information_request q JOIN referral r ON r.id = q.referral_id
    LEFT JOIN LATERAL (SELECT d.id, d.decided_by FROM decision d
      JOIN decided_without w ON w.decision_id = d.id AND w.request_id = q.id
      WHERE d.referral_id = r.id AND r.status <> 'awaiting_decision'
        AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = d.id AND u.sign_off_id IS NULL)
      ORDER BY d.decided_at DESC, d.id DESC LIMIT 1) d ON true
    WHERE q.id = ${id}`);
  return found!;
}

async function isLatest(tx: Transaction, requestId: string, answer: AnswerToRequest): Promise<boolean> {
  const { kind, leadWorker, lastContactOn, words, handling } = answer;
  const found = await tx.row<{ isSame: boolean }>(sql`
    SELECT (kind, coalesce(lead_worker, ''), last_contact_on, words, handling)
      IS NOT DISTINCT FROM (${kind}, ${leadWorker}, ${lastContactOn?.toString() ?? null}::date, ${words}, ${handling}) AS "isSame"
    FROM information_answer WHERE request_id = ${requestId} ORDER BY answered_at DESC, id DESC LIMIT 1`);
  return found?.isSame ?? false;
}
