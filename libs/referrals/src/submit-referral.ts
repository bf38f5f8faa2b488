import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { deadlineRows, VERSIONS_IN_FORCE, type Policies, type PolicyInForce, type Versions } from '#deadlines';
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
  IdempotencyKey,
  Rating,
  Referral,
  ReferralAdult,
  ReferralChild,
  rowsOf,
  sqlState,
  type Channel,
  type Database,
  type RowsOf,
} from '#store';
import { adviceFor } from './advice.ts';

export interface SubmitReferralCommand {
  readonly agencyId: string;
  readonly idempotencyKey: string;
  readonly referral: SubmittedReferral;
  /** Who of the hub took it down, and how it came; left out when the agency sent it itself. */
  readonly taken?: { readonly by: StaffActor; readonly channel: Exclude<Channel, 'api'> };
}

/** What the agency is told. Instants are RFC 3339 in UTC. */
export interface SubmissionAnswer {
  readonly reference: string;
  readonly status: 'received';
  readonly receivedAt: string;
  readonly decisionExpectedBy: string;
  readonly advice: string;
}

/** What the database says first: its clock, which versions are in force, and what an earlier submission under the same key was answered. */
interface Beforehand extends Versions {
  readonly now: Temporal.Instant;
  readonly fingerprint: Buffer | null;
  readonly answer: SubmissionAnswer | null;
}

/** Another submission stored the same key, or drew the same reference, a moment before: look again. */
const UNIQUE_VIOLATION = '23505';

/** Receives a referral: everything it needs is stored at once, in a transaction of one statement, or nothing is. */
export class SubmitReferral {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly relay: Pick<JobRelay, 'nudge'>,
  ) {}

  /**
   * @returns the answer, and whether it is that of an earlier submission under the same key
   * @throws Refused `idempotency-key-in-use` while the first is still running, `idempotency-key-reused` when it
   * was sent with another body
   */
  async execute(command: SubmitReferralCommand): Promise<{ answer: SubmissionAnswer; replayed: boolean }> {
    const receive = () => (command.taken === undefined ? this.receive(command) : this.receiveForm(command));
    const result = await receive().catch((error: unknown) => {
      if (sqlState(error) === UNIQUE_VIOLATION) return receive();
      throw error;
    });
    if (!result.replayed) this.relay.nudge();
    return result;
  }

  /** One form at a time: in two windows it may be of two agencies. */
  private async receiveForm(command: SubmitReferralCommand): Promise<{ answer: SubmissionAnswer; replayed: boolean }> {
    return this.database.transaction(async (tx) => {
      await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 6))', [command.idempotencyKey]);
      return new SubmitReferral(tx.inside(), this.policies, this.relay).receive(command);
    });
  }

  /** @returns the reference of what was received from a form of the hub's own; null when nothing was */
  async receivedFrom(form: string): Promise<string | null> {
    const found = await this.database.row<{ answer: SubmissionAnswer }>(RECEIVED_FROM_FORM, [form]);
    return found?.answer.reference ?? null;
  }

  private async receive(command: SubmitReferralCommand): Promise<{ answer: SubmissionAnswer; replayed: boolean }> {
    const { agencyId, idempotencyKey } = command;
    const fingerprint = createHash('sha256')
      .update(canonicalize(sameAs(command))!)
      .digest();
    const beforehand = await this.lookUp(command);
    if (beforehand.answer !== null) {
      if (!fingerprint.equals(beforehand.fingerprint!)) throw new Refused('idempotency-key-reused');
      return { answer: asFirstAnswered(beforehand.answer), replayed: true };
    }
    const inForce = await this.policies.of(beforehand);
    const { answer, rows } = this.prepare(beforehand, inForce, command, fingerprint);
    const stored = await this.database.insertAtOnce(`${agencyId} ${idempotencyKey}`, ...rows);
    if (!stored) throw new Refused('idempotency-key-in-use');
    return { answer, replayed: false };
  }

  /** Everything to be stored for a referral, worked out from the instant of its receipt. */
  private prepare(
    at: Beforehand,
    inForce: PolicyInForce,
    { agencyId, idempotencyKey, referral, taken }: SubmitReferralCommand,
    fingerprint: Buffer,
  ): { answer: SubmissionAnswer; rows: readonly RowsOf[] } {
    const { policy, calendar } = inForce;
    const suggested = suggestRating(policy.ratingRules, factsOf(referral), localDate(calendar, at.now));
    const due = dueTimes(policy, calendar, suggested.rating, at.now);
    const id = randomUUIDv7();
    const { children, adults = [], ...submitted } = referral;
    const answer: SubmissionAnswer = {
      reference: referralReference(randomBytes(7)),
      status: 'received',
      receivedAt: at.now.toString(),
      decisionExpectedBy: due.decisionDueAt.toString(),
      advice: adviceFor(referral),
    };
    const rows = [
      rowsOf(Referral, {
        id,
        reference: answer.reference,
        agencyId,
        channel: taken?.channel ?? 'api',
        takenBy: taken?.by.id ?? null,
        status: 'awaiting_decision',
        version: 1,
        rating: suggested.rating,
        urgency: urgency(suggested.rating),
        immediateDanger: referral.immediateDanger,
        submitted,
        concernTypes: referral.concern.types,
        receivedAt: at.now,
        decisionDueAt: due.decisionDueAt,
        statutoryDueAt: due.statutoryDueAt,
        lastChangedAt: at.now,
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
        at: at.now,
      }),
      ...deadlineRows(at, inForce, {
        id,
        rating: suggested.rating,
        receivedAt: at.now,
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
        createdAt: at.now,
      }),
      taken === undefined
        ? auditEntry(at, { kind: 'agency', id: agencyId }, 'referral.submitted', id, { rating: suggested.rating })
        : auditEntry(at, taken.by, 'referral.taken-down', id, { channel: taken.channel, rating: suggested.rating }),
      jobRows(at, 'match-earlier-referrals', [{ referralId: id }], suggested.rating),
      jobRows(at, 'acknowledge-referral', referral.referrer.email ? [{ referralId: id }] : [], suggested.rating),
    ];
    return { answer, rows };
  }

  private async lookUp({ agencyId, idempotencyKey, taken }: SubmitReferralCommand): Promise<Beforehand> {
    const [earlier, parameters] =
      taken === undefined
        ? [`idempotency_key found ON found.key = $1 AND found.agency_id = $2`, [idempotencyKey, agencyId]]
        : [`(${RECEIVED_FROM_FORM}) found ON true`, [idempotencyKey]];
    const found = await this.database.row<Beforehand>(
      `SELECT mash.now() AS now, ${VERSIONS_IN_FORCE}, found.fingerprint, found.answer
       FROM (SELECT 1) one LEFT JOIN ${earlier}`,
      parameters,
    );
    return found!;
  }
}

/** What somebody of the hub fills in is one form, whichever agency is chosen on it. */
const RECEIVED_FROM_FORM = `SELECT k.fingerprint, k.answer FROM idempotency_key k JOIN referral r ON r.id = k.referral_id
  WHERE k.agency_id IN (SELECT id FROM agency) AND k.key = $1 AND r.taken_by IS NOT NULL`;

/** What has to be the same when it comes again under the same key. */
function sameAs({ agencyId, referral, taken }: SubmitReferralCommand): object {
  return taken === undefined ? referral : { agencyId, referral };
}

/** PostgreSQL does not keep the order of JSON's keys; the answer is the first one to the letter. */
function asFirstAnswered({
  reference,
  status,
  receivedAt,
  decisionExpectedBy,
  advice,
}: SubmissionAnswer): SubmissionAnswer {
  return { reference, status, receivedAt, decisionExpectedBy, advice };
}
