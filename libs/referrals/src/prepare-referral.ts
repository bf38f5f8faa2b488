import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { deadlineRows, type PolicyInForce } from '#deadlines';
import {
  dueTimes,
  factsOf,
  localDate,
  nameKey,
  referralReference,
  suggestRating,
  urgency,
  type Rating,
  type ReferralSource,
  type SubmittedReferral,
} from '#domain';
import { jobRows } from '#jobs';
import {
  IdempotencyKey,
  RecordedRating,
  Referral,
  ReferralAdult,
  ReferralChild,
  rowsOf,
  type Actor,
  type ReceivedBy,
  type RowsOf,
} from '#store';
import { adviceFor } from './advice.ts';
import { InvalidReferral, type FieldFault } from './body/field-fault.ts';
import { timeFaults } from './body/meaning-faults.ts';
import type { SetApart } from './body/soft-faults.ts';
import { cautiously, flagRows } from './referral-flags.ts';

/** What the sender is told. Instants are RFC 3339 in UTC. */
export interface SubmissionAnswer {
  readonly reference: string;
  readonly status: 'received';
  readonly receivedAt: string;
  readonly decisionExpectedBy: string;
  readonly advice: string;
  /** What was set apart, as the agency asked; left out where nothing was. */
  readonly warnings?: readonly Warning[];
}

/** A value that was set apart: where it was, and what is expected there. Never the value. */
export type Warning = Pick<FieldFault, 'pointer' | 'code' | 'detail'>;

export interface NewReferral {
  readonly agencyId: string;
  /** The census's source of this referral; null where the agency's code is none of the census. */
  readonly sourceCode: ReferralSource | null;
  /** Under which the referral is stored once: the agency's own, or the id of the hub's form. */
  readonly key: string;
  /** SHA-256 of the body, by which a second sending is told from another referral. */
  readonly fingerprint: Buffer;
  readonly referral: SubmittedReferral;
  /** Values that cannot be right, and that its agency asked to be set apart. */
  readonly setApart: readonly SetApart[];
  /** When the hub was told where that was before now: it was written on paper, and is typed later. */
  readonly cameAt?: Temporal.Instant | null;
  /** The person of the hub who took it down, or of the agency who filled in its form; null when a program sent it. */
  readonly taken: { readonly by: StaffActor; readonly receivedBy: Exclude<ReceivedBy, 'api'> } | null;
}

/**
 * Everything to be stored for a referral, worked out from the instant of its receipt, and the answer to its sender.
 *
 * @throws InvalidReferral when a date or a time of it cannot be, at that instant
 */
export function prepareReferral(
  at: { readonly now: Temporal.Instant; readonly actor: Actor },
  inForce: PolicyInForce,
  { agencyId, sourceCode, key, fingerprint, referral, setApart, cameAt = null, taken }: NewReferral,
): { readonly answer: SubmissionAnswer; readonly rows: readonly RowsOf[] } {
  const { policy, calendar } = inForce;
  const receivedAt = cameAt ?? at.now;
  const faults = timeFaults(referral, at.now, calendar);
  if (faults.length > 0) throw new InvalidReferral(faults);
  const { rating, matched } = suggestRating(
    policy.ratingRules,
    cautiously(factsOf(referral), setApart),
    localDate(calendar, receivedAt),
  );
  const due = dueTimes(policy, calendar, rating, receivedAt);
  const id = randomUUIDv7();
  const { children, adults = [], ...submitted } = referral;
  const answer: SubmissionAnswer = {
    reference: referralReference(randomBytes(7)),
    status: 'received',
    receivedAt: receivedAt.toString(),
    decisionExpectedBy: due.decisionDueAt.toString(),
    advice: adviceFor(referral),
    ...(setApart.length === 0 ? {} : { warnings: setApart.map(warningOf) }),
  };
  const rows = [
    rowsOf(Referral, {
      id,
      reference: answer.reference,
      agencyId,
      sourceCode,
      channel: taken?.receivedBy ?? 'api',
      takenBy: taken?.by.id ?? null,
      status: 'awaiting_decision',
      version: 1,
      rating,
      urgency: urgency(rating),
      immediateDanger: referral.immediateDanger,
      submitted,
      concernTypes: referral.concern.types,
      receivedAt,
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
    rowsOf(ReferralAdult, ...adults.map((adult, position) => ({ referralId: id, position, submitted: { ...adult } }))),
    flagRows(id, setApart, at.now),
    rowsOf(RecordedRating, { id: randomUUIDv7(), referralId: id, rating, matched, at: at.now }),
    ...deadlineRows(at, inForce, { id, rating, receivedAt, due, generation: 1, armClaim: true }),
    rowsOf(IdempotencyKey, { agencyId, key, fingerprint, referralId: id, answer: { ...answer }, createdAt: at.now }),
    receiptEntry(at, id, { taken, rating, setApart, cameAt }),
    jobRows(at, 'match-earlier-referrals', [{ referralId: id }], rating),
    jobRows(at, 'acknowledge-referral', referral.referrer.email ? [{ referralId: id }] : [], rating),
  ];
  return { answer, rows };
}

function receiptEntry(
  at: { readonly now: Temporal.Instant; readonly actor: Actor },
  id: string,
  { taken, rating, setApart, cameAt }: Pick<NewReferral, 'taken' | 'setApart' | 'cameAt'> & { readonly rating: Rating },
): RowsOf {
  if (taken === null)
    return auditEntry(at, 'referral.submitted', id, {
      rating,
      ...(setApart.length > 0 && { setApart: setApart.length }),
    });
  const act = taken.receivedBy === 'agency_form' ? 'referral.submitted' : 'referral.taken-down';
  return auditEntry(at, act, id, { channel: taken.receivedBy, rating, ...(cameAt && { cameAt: cameAt.toString() }) });
}

/** In the order in which it is answered each time. */
export const warningOf = ({ pointer, code, detail }: Warning): Warning => ({ pointer, code, detail });
