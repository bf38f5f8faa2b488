import { randomUUIDv7 } from 'node:crypto';
import type { ReferralFacts } from '#domain';
import { ReferralFlag, rowsOf, sql, type RowsOf, type Transaction } from '#store';
import type { SetApart } from './body/soft-faults.ts';

/** A value that was set apart, as pages show it. */
export interface FlagLine {
  readonly id: string;
  readonly pointer: string;
  readonly code: string;
  readonly sent: string;
  readonly flaggedAt: Temporal.Instant;
  /** Who has looked into it, and when; null while no person has. */
  readonly clearedBy: string | null;
  readonly clearedAt: Temporal.Instant | null;
}

/** What was set apart of a referral, in the order of its fields. */
export function flagsOf(tx: Transaction, referralId: string): Promise<readonly FlagLine[]> {
  return tx.rows<FlagLine>(sql`
    SELECT f.id, f.pointer, f.code, f.sent, f.flagged_at AS "flaggedAt", s.name AS "clearedBy", c.cleared_at AS "clearedAt"
    FROM referral_flag f LEFT JOIN flag_clearing c ON c.flag_id = f.id LEFT JOIN staff_member s ON s.id = c.cleared_by
    WHERE f.referral_id = ${referralId} ORDER BY f.pointer`);
}

export function flagRows(referralId: string, setApart: readonly SetApart[], flaggedAt: Temporal.Instant): RowsOf {
  return rowsOf(
    ReferralFlag,
    ...setApart.map(({ pointer, code, sent }) => ({ id: randomUUIDv7(), referralId, pointer, code, sent, flaggedAt })),
  );
}

const BORN = /^\/children\/(\d+)\/(dateOfBirth|expectedDateOfBirth)$/;

/**
 * The facts by which the rating is suggested: a child whose date of birth was set apart, and whose age nothing else says,
 * is taken as one who may be under one, so that a slip of the pen makes no referral less urgent.
 */
export function cautiously(facts: ReferralFacts, setApart: readonly SetApart[]): ReferralFacts {
  const unsure = setApart.flatMap(({ pointer }) => BORN.exec(pointer)?.[1] ?? []).map(Number);
  if (unsure.length === 0) return facts;
  const children = facts.children.map((child, index) => {
    const { dateOfBirth, expectedDateOfBirth, estimatedAge } = child;
    const isSure = [dateOfBirth, expectedDateOfBirth, estimatedAge].some((age) => age !== undefined);
    return isSure || !unsure.includes(index) ? child : { ...child, estimatedAge: 0 };
  });
  return { ...facts, children };
}
