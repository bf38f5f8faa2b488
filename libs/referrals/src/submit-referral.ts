import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { Policies, VERSIONS_IN_FORCE, type Versions } from '#deadlines';
import { referralSource, type SubmittedReferral } from '#domain';
import { JobNudge } from '#jobs';
import { Refused } from '#platform';
import { allDone, Database, Gathered, InsertTogether, LockHeld, SERVICE, sql, sqlState } from '#store';
import type { SetApart } from './body/soft-faults.ts';
import { prepareReferral, warningOf, type SubmissionAnswer } from './prepare-referral.ts';

export interface SubmitReferralCommand {
  readonly agencyId: string;
  readonly idempotencyKey: string;
  readonly referral: SubmittedReferral;
  /** What was set apart of it, as the agency asked; left out where nothing was. */
  readonly setApart?: readonly SetApart[];
}

/**
 * The database's clock, the versions in force, the agency's source code, and the answer to an earlier submission under
 * the same key, in one question for the submissions that come at the same time.
 */
interface Beforehand extends Versions {
  readonly now: Temporal.Instant;
  readonly sourceCode: string;
  readonly fingerprint: Buffer | null;
  readonly answer: SubmissionAnswer | null;
}

/** Submissions that share a question. */
const MOST = 64;

/** Another submission stored the same key, or drew the same reference, a moment before: look again. */
const UNIQUE_VIOLATION = '23505';

/**
 * Receives a referral from an agency: all of it is stored at once, in a transaction of one statement, or nothing is.
 * Referrals that come at the same time share the statement.
 */
@Injectable()
export class SubmitReferral {
  private readonly beforehand: Gathered<SubmitReferralCommand, Beforehand>;
  private readonly storing: InsertTogether;

  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly relay: JobNudge,
  ) {
    this.beforehand = new Gathered(async (all) => allDone(await this.lookUp(all)), MOST, 1);
    this.storing = new InsertTogether(database, 'idempotencyKey');
  }

  /**
   * @returns the answer, and whether it is that of an earlier submission under the same key
   * @throws Refused `idempotency-key-in-use` while the first is still running, `idempotency-key-reused` when it
   * was sent with another body
   */
  async execute(command: SubmitReferralCommand): Promise<{ answer: SubmissionAnswer; replayed: boolean }> {
    const result = await this.receive(command).catch((error: unknown) => {
      if (sqlState(error) === UNIQUE_VIOLATION) return this.receive(command);
      throw error;
    });
    if (!result.replayed) this.relay.nudge();
    return result;
  }

  private async receive(command: SubmitReferralCommand): Promise<{ answer: SubmissionAnswer; replayed: boolean }> {
    const { agencyId, idempotencyKey: key, referral, setApart = [] } = command;
    const actor = { kind: 'agency', id: agencyId } as const;
    const fingerprint = createHash('sha256')
      .update(canonicalize(setApart.length === 0 ? referral : { referral, setApart })!)
      .digest();
    const beforehand = await this.beforehand.ask(command);
    if (beforehand.answer !== null) {
      if (!fingerprint.equals(beforehand.fingerprint!)) throw new Refused('idempotency-key-reused');
      return { answer: asFirstAnswered(beforehand.answer), replayed: true };
    }
    const inForce = await this.policies.of(beforehand);
    const at = { now: beforehand.now, actor };
    const sourceCode = referralSource(beforehand.sourceCode);
    const received = { agencyId, sourceCode, key, fingerprint, referral, setApart, taken: null };
    const { answer, rows } = prepareReferral(at, inForce, received);
    await this.storing.insert({ key: `${agencyId} ${key}`, rows }).catch((error: unknown) => {
      throw error instanceof LockHeld ? new Refused('idempotency-key-in-use') : error;
    });
    return { answer, replayed: false };
  }

  private async lookUp(all: readonly SubmitReferralCommand[]): Promise<readonly Beforehand[]> {
    const [agencies, keys] = [all.map(({ agencyId }) => agencyId), all.map(({ idempotencyKey }) => idempotencyKey)];
    return this.database.as(SERVICE).prepared<Beforehand>(sql`
      SELECT (SELECT mash.now()) AS now, ${VERSIONS_IN_FORCE}, agency.source_code AS "sourceCode",
        found.fingerprint, found.answer
      FROM unnest(${agencies}::uuid[], ${keys}::text[]) WITH ORDINALITY asked (agency_id, key, place)
      LEFT JOIN agency ON agency.id = asked.agency_id
      LEFT JOIN LATERAL (
        SELECT fingerprint, answer FROM idempotency_key stored
        WHERE stored.agency_id = asked.agency_id AND stored.key = asked.key LIMIT 1) found ON true
      ORDER BY asked.place`);
  }
}

/** PostgreSQL does not keep the order of JSON's keys; the answer is the first one to the letter. */
function asFirstAnswered(answer: SubmissionAnswer): SubmissionAnswer {
  const { reference, status, receivedAt, decisionExpectedBy, advice, warnings } = answer;
  const first = { reference, status, receivedAt, decisionExpectedBy, advice };
  return warnings === undefined ? first : { ...first, warnings: warnings.map(warningOf) };
}
