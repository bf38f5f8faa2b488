import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import type { AddedKind } from '#domain';
import { Database, sql } from '#store';

/** What the agency that referred has added to a referral. */
export interface AdditionLine {
  readonly id: string;
  readonly kind: AddedKind;
  readonly words: string;
  readonly saidBy: string;
  readonly agency: string;
  readonly pointer: string | null;
  readonly rightValue: string | null;
  readonly addedAt: Temporal.Instant;
  /** It came after a decision that was not taken back. */
  readonly cameAfterDecision: boolean;
  readonly readBy: string | null;
  readonly readAt: Temporal.Instant | null;
  readonly note: string | null;
}

/** What the agency that referred has added since. Reading the referral is what the record notes. */
@Injectable()
export class ReadAdditions {
  constructor(private readonly database: Database) {}

  /** @param reference of a referral that the person may read @returns the latest first */
  async execute(reference: string, by: StaffActor): Promise<readonly AdditionLine[]> {
    return this.database.as(by).transaction((tx) =>
      tx.rows<AdditionLine>(sql`
        SELECT a.id, a.kind, a.words, a.said_by AS "saidBy", agency.name AS agency, a.pointer,
          a.right_value AS "rightValue", a.added_at AS "addedAt", a.came_after IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = a.came_after AND u.sign_off_id IS NULL) AS "cameAfterDecision",
          reader.name AS "readBy", l.read_at AS "readAt", l.note
        FROM referral_addition a JOIN referral r ON r.id = a.referral_id JOIN agency ON agency.id = a.agency_id
        LEFT JOIN addition_reading l ON l.addition_id = a.id LEFT JOIN staff_member reader ON reader.id = l.read_by
        WHERE r.reference = ${reference} ORDER BY a.added_at DESC, a.id DESC`),
    );
  }
}
