import { sql, type CaseCheck, type Transaction } from '#store';

/** A look for a child in the council's case system, as pages show it. */
export interface CaseCheckLine extends Pick<
  CaseCheck,
  'position' | 'result' | 'caseNumber' | 'worker' | 'team' | 'reason'
> {
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** Every look for the children of a referral, the latest first. The first of a child holds. */
export function caseChecksOf(tx: Transaction, referralId: string): Promise<readonly CaseCheckLine[]> {
  return tx.rows<CaseCheckLine>(sql`
    SELECT c.position, c.result, c.case_number AS "caseNumber", c.worker, c.team, c.reason, s.name AS by,
      c.checked_at AS at
    FROM case_check c JOIN staff_member s ON s.id = c.checked_by
    WHERE c.referral_id = ${referralId} ORDER BY c.made_version DESC, c.position`);
}

/**
 * The allocated worker whom the looks in the case system name: of the first child who has an open case.
 *
 * @param checks the latest first
 * @returns null where none is named
 */
export function allocatedWorkerBy(checks: readonly CaseCheckLine[]): string | null {
  const latest = [...Map.groupBy(checks, ({ position }) => position)].map(([, [first]]) => first!);
  const open = latest.filter(({ result, worker }) => result === 'open' && worker !== null);
  return open.toSorted((a, b) => a.position - b.position)[0]?.worker ?? null;
}
