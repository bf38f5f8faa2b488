import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { Database, sql, type Destruction, type DestructionProposal, type Transaction } from '#store';
import { hasOpened } from './opened-since.ts';
import { scheduleInForce, type ScheduleInForce } from './schedule-in-force.ts';

/** A record whose period is over. */
export interface ProposedRecord extends Pick<
  DestructionProposal,
  'id' | 'reference' | 'consultationId' | 'givenOn' | 'rule' | 'keptUntil' | 'looksFirst' | 'proposedAt'
> {
  /** The person who reads has opened it since it was proposed. */
  readonly isOpened: boolean;
}

/** An approval, with how many records it is about. */
export interface DestructionLine extends Pick<Destruction, 'id' | 'approvedAt' | 'answer' | 'answeredAt' | 'doneAt'> {
  readonly approvedBy: string;
  readonly isOwn: boolean;
  readonly answeredBy: string | null;
  readonly records: number;
}

export interface HoldLine {
  readonly id: string;
  /** Null for every record. */
  readonly reference: string | null;
  readonly isOfAll: boolean;
  readonly reason: string;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly ended: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

export interface RetentionPage {
  /** The first due first, at most {@link PROPOSALS_SHOWN}. */
  readonly proposals: readonly ProposedRecord[];
  readonly proposed: number;
  readonly waiting: readonly DestructionLine[];
  /** The latest first. */
  readonly done: readonly DestructionLine[];
  /** Those that hold first. */
  readonly holds: readonly HoldLine[];
  readonly schedule: ScheduleInForce;
  readonly now: Temporal.Instant;
}

/** A certificate: what was destroyed, by which rule, and who said so. */
export interface Certificate extends DestructionLine {
  readonly lines: readonly Pick<
    DestructionProposal,
    'reference' | 'referralId' | 'consultationId' | 'givenOn' | 'rule' | 'keptUntil' | 'state' | 'why' | 'rowsDestroyed'
  >[];
  readonly now: Temporal.Instant;
}

/** As many are approved at once. */
export const PROPOSALS_SHOWN = 200;
const LISTED = 100;

const LINE = sql`d.id, d.approved_at AS "approvedAt", a.name AS "approvedBy", d.answer, d.answered_at AS "answeredAt",
  b.name AS "answeredBy", d.done_at AS "doneAt",
  (SELECT count(*)::int FROM destruction_proposal WHERE destruction_id = d.id) AS records`;
const DESTRUCTIONS = sql`destruction d JOIN staff_member a ON a.id = d.approved_by LEFT JOIN staff_member b ON b.id = d.answered_by`;

/** What is proposed, approved, held and destroyed. No line has a word about a child. */
@Injectable()
export class ReadRetention {
  constructor(private readonly database: Database) {}

  async execute(by: StaffActor): Promise<RetentionPage> {
    return this.database.as(by).transaction(async (tx) => {
      const proposals = await tx.rows<ProposedRecord>(sql`
        SELECT p.id, p.reference, p.consultation_id AS "consultationId", p.given_on::text AS "givenOn", p.rule,
          p.kept_until::text AS "keptUntil", p.looks_first AS "looksFirst", p.proposed_at AS "proposedAt",
          ${hasOpened(by.id)} AS "isOpened"
        FROM destruction_proposal p WHERE p.state = 'proposed' ORDER BY p.kept_until, p.id LIMIT ${PROPOSALS_SHOWN}`);
      const { proposed } = (await tx.row<{ proposed: number }>(sql`
        SELECT count(*)::int AS proposed FROM destruction_proposal WHERE state = 'proposed'`))!;
      const destructions = await tx.rows<DestructionLine>(sql`
        SELECT ${LINE}, d.approved_by = ${by.id} AS "isOwn" FROM ${DESTRUCTIONS}
        ORDER BY d.done_at IS NOT NULL OR d.answer = 'refused', d.approved_at DESC LIMIT ${LISTED}`);
      await tx.insert(auditEntry(tx, 'retention.read', null, { count: proposals.length }));
      return {
        ...{ proposals, proposed },
        waiting: destructions.filter(({ answer, doneAt }) => answer !== 'refused' && doneAt === null),
        done: destructions.filter(({ doneAt }) => doneAt !== null),
        holds: await holdsOf(tx),
        schedule: await scheduleInForce(tx),
        now: tx.now,
      };
    });
  }

  /** @throws Refused `not-found` */
  async certificate(id: string, by: StaffActor): Promise<Certificate> {
    return this.database.as(by).transaction(async (tx) => {
      const found = isUuid(id)
        ? await tx.row<DestructionLine>(
            sql`SELECT ${LINE}, d.approved_by = ${by.id} AS "isOwn" FROM ${DESTRUCTIONS} WHERE d.id = ${id}`,
          )
        : null;
      if (found === null) throw new Refused('not-found');
      const lines = await tx.rows<Certificate['lines'][number]>(sql`
        SELECT reference, referral_id AS "referralId", consultation_id AS "consultationId", given_on::text AS "givenOn", rule,
          kept_until::text AS "keptUntil", state, why, rows_destroyed AS "rowsDestroyed"
        FROM destruction_proposal WHERE destruction_id = ${id} ORDER BY kept_until, id`);
      await tx.insert(auditEntry(tx, 'retention.certificate-read', null, { destructionId: id }));
      return { ...found, lines, now: tx.now };
    });
  }
}

function holdsOf(tx: Transaction): Promise<readonly HoldLine[]> {
  return tx.rows<HoldLine>(sql`
    SELECT h.id, h.reference, h.referral_id IS NULL AS "isOfAll", h.reason, m.name AS by, h.set_at AS at,
      CASE WHEN h.ended_at IS NOT NULL THEN jsonb_build_object('by', e.name, 'at', h.ended_at, 'reason', h.end_reason) END AS ended
    FROM retention_hold h JOIN staff_member m ON m.id = h.set_by LEFT JOIN staff_member e ON e.id = h.ended_by
    ORDER BY h.ended_at IS NOT NULL, h.set_at DESC LIMIT ${LISTED}`);
}
