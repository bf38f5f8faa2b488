import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { ConcernType } from '#domain';
import { RATING_CONFIRMED, SUBMITTED_NAME } from '#referrals';
import { Database, sql } from '#store';

/** By what a person knows a referral again: lists of references name it so on the console, and nowhere else. */
export interface NamedReferral {
  readonly reference: string;
  /** The first child's name or description, as submitted; null where the person may not open it. */
  readonly child: string | null;
  readonly dateOfBirth: string | null;
  readonly expectedDateOfBirth: string | null;
  readonly estimatedAge: number | null;
  readonly otherChildren: number;
  readonly types: readonly ConcernType[];
  readonly isRatingConfirmed: boolean;
}

/** The child, the age and the concern of each referral of a list. */
@Injectable()
export class NameReferrals {
  constructor(private readonly database: Database) {}

  /** @returns by reference; of a reference that is none there is nothing */
  async execute(references: readonly string[], by: StaffActor): Promise<ReadonlyMap<string, NamedReferral>> {
    if (references.length === 0) return new Map();
    return this.database.as(by).transaction(async (tx) => {
      const named = await tx.rows<NamedReferral>(sql`
        SELECT r.reference, ${SUBMITTED_NAME} AS child, who.submitted->>'dateOfBirth' AS "dateOfBirth",
          who.submitted->>'expectedDateOfBirth' AS "expectedDateOfBirth",
          (who.submitted->>'estimatedAge')::int AS "estimatedAge",
          (SELECT count(*)::int - 1 FROM referral_child WHERE referral_id = r.id) AS "otherChildren",
          r.concern_types AS types, ${RATING_CONFIRMED} AS "isRatingConfirmed"
        FROM referral r LEFT JOIN referral_child who ON who.referral_id = r.id AND who.position = 0
        WHERE r.reference = ANY(${references})`);
      await tx.insert(auditEntry(tx, 'queue.read', null, { view: 'named', lines: named.length }));
      return new Map(named.map((one) => [one.reference, one]));
    });
  }
}
