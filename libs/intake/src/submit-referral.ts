import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import canonicalize from 'canonicalize';
import {
  dueTimes,
  factsOf,
  localDate,
  nameKey,
  referralReference,
  suggestRating,
  urgency,
  type SubmittedReferral,
} from '#domain';
import { jobRows, type JobRelay } from '#jobs';
import { Refused } from '#platform';
import {
  auditEntry,
  deadlineRows,
  IdempotencyKey,
  Rating,
  Referral,
  ReferralAdult,
  ReferralChild,
  rowsOf,
  sqlState,
  type Database,
  type PolicyInForce,
  type Transaction,
} from '#store';
import { adviceFor } from './advice.ts';

export interface SubmitReferralCommand {
  readonly agencyId: string;
  readonly idempotencyKey: string;
  readonly referral: SubmittedReferral;
}

/** What the agency is told. Instants are RFC 3339 in UTC. */
export interface SubmissionAnswer {
  readonly reference: string;
  readonly status: 'received';
  readonly receivedAt: string;
  readonly decisionExpectedBy: string;
  readonly advice: string;
}

interface KeyState {
  readonly mine: boolean;
  readonly fingerprint: Buffer | null;
  readonly answer: SubmissionAnswer | null;
}

/** Another transaction stored the same key or drew the same reference a moment before: look again. */
const UNIQUE_VIOLATION = '23505';

/** Receives a referral: everything it needs is stored in one transaction, or nothing is. */
export class SubmitReferral {
  constructor(
    private readonly database: Database,
    private readonly inForce: PolicyInForce,
    private readonly relay: Pick<JobRelay, 'nudge'>,
  ) {}

  /**
   * @returns the answer, and whether it is that of an earlier submission under the same key
   * @throws Refused `idempotency-key-in-use` while the first is still running, `idempotency-key-reused` when it
   * was sent with another body
   */
  async execute(command: SubmitReferralCommand): Promise<{ answer: SubmissionAnswer; replayed: boolean }> {
    const submit = () => this.database.transaction((tx) => this.receive(tx, command));
    const result = await submit().catch((error: unknown) => {
      if (sqlState(error) === UNIQUE_VIOLATION) return submit();
      throw error;
    });
    if (!result.replayed) this.relay.nudge();
    return result;
  }

  private async receive(
    tx: Transaction,
    { agencyId, idempotencyKey, referral }: SubmitReferralCommand,
  ): Promise<{ answer: SubmissionAnswer; replayed: boolean }> {
    const fingerprint = createHash('sha256').update(canonicalize(referral)!).digest();
    const earlier = await this.answerUnder(tx, agencyId, idempotencyKey, fingerprint);
    if (earlier !== null) return { answer: earlier, replayed: true };

    const { policy, calendar } = this.inForce;
    const suggested = suggestRating(policy.ratingRules, factsOf(referral), localDate(calendar, tx.now));
    const due = dueTimes(policy, calendar, suggested.rating, tx.now);
    const id = randomUUIDv7();
    const { children, adults = [], ...submitted } = referral;
    const answer: SubmissionAnswer = {
      reference: referralReference(randomBytes(7)),
      status: 'received',
      receivedAt: tx.now.toString(),
      decisionExpectedBy: due.decisionDueAt.toString(),
      advice: adviceFor(referral),
    };
    await tx.insert(
      rowsOf(Referral, {
        id,
        reference: answer.reference,
        agencyId,
        status: 'awaiting_decision',
        version: 1,
        rating: suggested.rating,
        urgency: urgency(suggested.rating),
        immediateDanger: referral.immediateDanger,
        submitted,
        receivedAt: tx.now,
        decisionDueAt: due.decisionDueAt,
        statutoryDueAt: due.statutoryDueAt,
        lastChangedAt: tx.now,
      }),
      rowsOf(
        ReferralChild,
        ...children.map((child, position) => ({
          referralId: id,
          position,
          submitted: { ...child },
          nhsNumber: child.nhsNumber ?? null,
          upn: child.upn ?? null,
          nameKey: nameKey(child),
          dateOfBirth: child.dateOfBirth ?? null,
        })),
      ),
      rowsOf(
        ReferralAdult,
        ...adults.map((adult, position) => ({ referralId: id, position, submitted: { ...adult } })),
      ),
      rowsOf(Rating, {
        id: randomUUIDv7(),
        referralId: id,
        rating: suggested.rating,
        matched: suggested.matched,
        at: tx.now,
      }),
      ...deadlineRows(tx, this.inForce, {
        id,
        rating: suggested.rating,
        receivedAt: tx.now,
        due,
        generation: 1,
        armClaim: true,
      }),
      rowsOf(IdempotencyKey, {
        agencyId,
        key: idempotencyKey,
        fingerprint: `\\x${fingerprint.toString('hex')}`,
        referralId: id,
        answer: { ...answer },
        createdAt: tx.now,
      }),
      auditEntry(tx, { kind: 'agency', id: agencyId }, 'referral.submitted', id, { rating: suggested.rating }),
      jobRows(tx, 'match-earlier-referrals', [{ referralId: id }], suggested.rating),
      jobRows(tx, 'acknowledge-referral', referral.referrer.email ? [{ referralId: id }] : [], suggested.rating),
    );
    return { answer, replayed: false };
  }

  /** The answer already given under this key; null when there is none and the key is ours to use. */
  private async answerUnder(
    tx: Transaction,
    agencyId: string,
    key: string,
    fingerprint: Buffer,
  ): Promise<SubmissionAnswer | null> {
    const state = await tx.row<KeyState>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0)) AS mine, found.fingerprint, found.answer
       FROM (SELECT 1) one LEFT JOIN idempotency_key found ON found.agency_id = $1::uuid AND found.key = $2`,
      [agencyId, key],
    );
    const { mine, answer } = state!;
    if (answer !== null) {
      if (!fingerprint.equals(state!.fingerprint!)) throw new Refused('idempotency-key-reused');
      return answer;
    }
    if (!mine) throw new Refused('idempotency-key-in-use');
    return null;
  }
}
