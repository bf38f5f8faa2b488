import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { Policies, VERSIONS_IN_FORCE, type Versions } from '#deadlines';
import { referralSource, type SubmittedReferral } from '#domain';
import { JobNudge } from '#jobs';
import { Refused } from '#platform';
import { Database, sql, sqlState } from '#store';
import { prepareReferral, type SubmissionAnswer } from './prepare-referral.ts';

export interface SubmitReferralCommand {
  readonly agencyId: string;
  readonly idempotencyKey: string;
  readonly referral: SubmittedReferral;
}

/**
 * The database's clock, the versions in force, the agency's source code, and the answer to an earlier submission under
 * the same key, in one question.
 */
interface Beforehand extends Versions {
  readonly now: Temporal.Instant;
  readonly sourceCode: string;
  readonly fingerprint: Buffer | null;
  readonly answer: SubmissionAnswer | null;
}

/** Another submission stored the same key, or drew the same reference, a moment before: look again. */
const UNIQUE_VIOLATION = '23505';

/** Receives a referral from an agency: all of it is stored at once, in a transaction of one statement, or nothing is. */
@Injectable()
export class SubmitReferral {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly relay: JobNudge,
  ) {}

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
    const { agencyId, idempotencyKey: key, referral } = command;
    const actor = { kind: 'agency', id: agencyId } as const;
    const fingerprint = createHash('sha256').update(canonicalize(referral)!).digest();
    const beforehand = await this.lookUp(command);
    if (beforehand.answer !== null) {
      if (!fingerprint.equals(beforehand.fingerprint!)) throw new Refused('idempotency-key-reused');
      return { answer: asFirstAnswered(beforehand.answer), replayed: true };
    }
    const inForce = await this.policies.of(beforehand);
    const at = { now: beforehand.now, actor };
    const sourceCode = referralSource(beforehand.sourceCode);
    const received = { agencyId, sourceCode, key, fingerprint, referral, taken: null };
    const { answer, rows } = prepareReferral(at, inForce, received);
    const lock = { name: 'idempotencyKey', key: `${agencyId} ${key}` } as const;
    if (!(await this.database.as(actor).insertAtOnce(lock, ...rows))) throw new Refused('idempotency-key-in-use');
    return { answer, replayed: false };
  }

  private async lookUp({ agencyId, idempotencyKey }: SubmitReferralCommand): Promise<Beforehand> {
    const found = await this.database.as({ kind: 'agency', id: agencyId }).row<Beforehand>(sql`
      SELECT mash.now() AS now, ${VERSIONS_IN_FORCE}, agency.source_code AS "sourceCode",
        found.fingerprint, found.answer
      FROM agency LEFT JOIN idempotency_key found ON found.key = ${idempotencyKey} AND found.agency_id = agency.id
      WHERE agency.id = ${agencyId}`);
    return found!;
  }
}

/** PostgreSQL does not keep the order of JSON's keys; the answer is the first one to the letter. */
function asFirstAnswered(answer: SubmissionAnswer): SubmissionAnswer {
  const { reference, status, receivedAt, decisionExpectedBy, advice } = answer;
  return { reference, status, receivedAt, decisionExpectedBy, advice };
}
