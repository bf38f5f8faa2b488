import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { auditEntry } from '#audit';
import { CALLERS_OF_NO_AGENCY, referralReference, type MatchedRule } from '#domain';
import { deliveryRows, queuedDelivery } from '#messages';
import {
  AuditEntry,
  Deadline,
  DeadlineStep,
  Delivery,
  EarlierReferral,
  IdempotencyKey,
  Job,
  RecordedRating,
  Referral,
  ReferralChild,
  SERVICE,
  type NewRow,
  type RowsOf,
} from '#store';
import { prepareReferral } from '../../../libs/referrals/src/prepare-referral.ts';
import { delivered } from './past-alerts.ts';
import type { Arrival } from './arrival.ts';
import { sourceRecorded } from './recorded-beside.ts';
import { sentForm } from './sent-form.ts';
import { inForceAt, type World } from './world.ts';

/** What the receipt of a referral has made. */
export interface Received {
  readonly row: NewRow<Referral>;
  /** Deadlines and steps, which are for `PastDeadlines` to add. */
  readonly clocks: readonly { table: RowsOf['table']; rows: object[] }[];
  readonly earlierCount: number;
  /** The rules by which its rating was suggested. */
  readonly matched: readonly MatchedRule[];
}

/** How long after the receipt its jobs are done, in milliseconds. */
const JOBS_DONE_WITHIN_MS = [300, 3_000] as const;
/** The urgency of a letter: alerts go first. */
const AFTER_ALERTS = 3;

/**
 * Receives a past referral: by the rows that `prepareReferral` makes for any referral, and those that its jobs make
 * after it.
 */
export function receive(world: World, arrival: Arrival): Received {
  const { at, agencyId, referral, taken } = arrival;
  const { ids, rows, random } = world;
  const actor = taken === null ? ({ kind: 'agency', id: agencyId } as const) : taken.by;
  const caller = CALLERS_OF_NO_AGENCY.find((code) => code === arrival.sourceCode);
  const answers = { agencyId, referral, ...(caller === undefined ? {} : { caller }) };
  const fingerprint = createHash('sha256')
    .update(canonicalize(taken === null ? referral : answers)!)
    .digest();
  const key = ids.at(at);
  const prepared = prepareReferral({ now: at, actor }, inForceAt(world, at), {
    agencyId,
    sourceCode: sourceRecorded(world, arrival),
    key,
    fingerprint,
    referral,
    setApart: [],
    taken,
  });
  const made = ids.ofThen(prepared.rows, at);
  const of = <E>(table: RowsOf['table']) =>
    made.filter((part) => part.table === table).flatMap((part) => part.rows) as E[];
  const [row] = of<NewRow<Referral>>(Referral) as [NewRow<Referral>];
  // Drawn again from the seeded numbers, so that a past can be made again to the letter.
  row.reference = unusedReference(world);
  const [stored] = of<NewRow<IdempotencyKey>>(IdempotencyKey);
  const answer = { ...stored!.answer, reference: row.reference };
  stored!.answer = answer;
  if (taken !== null) stored!.key = sentForm(world, at, { kind: 'referral', by: taken.by.id, answers, answer });
  const clocks = made.filter(({ table }) => table === Deadline || table === DeadlineStep);
  const done = at.add({ milliseconds: random.whole(...JOBS_DONE_WITHIN_MS) });
  for (const job of of<NewRow<Job>>(Job)) Object.assign(job, { handedOverAt: at, handOvers: 1, completedAt: done });
  for (const part of made) {
    if (clocks.includes(part)) continue;
    for (const one of part.rows) rows.add(part.table, one as never);
  }
  const earlier = world.earlier.add(row.id, at, of<NewRow<ReferralChild>>(ReferralChild));
  for (const link of earlier) rows.add(EarlierReferral, link);
  if (referral.referrer.email) acknowledge(world, row, done);
  const [suggestion] = of<NewRow<RecordedRating>>(RecordedRating);
  return { row, clocks, earlierCount: earlier.length, matched: suggestion!.matched! };
}

/** Of so many referrals two would have the same reference by chance. */
function unusedReference({ random, references }: World): string {
  let reference = referralReference(random.bytes(7));
  while (references.has(reference)) reference = referralReference(random.bytes(7));
  references.add(reference);
  return reference;
}

/** The letter to the referrer, which the mail server took. */
function acknowledge(world: World, { id: referralId }: NewRow<Referral>, at: Temporal.Instant): void {
  const letter = queuedDelivery(
    { purpose: 'acknowledgement', referralId, channel: 'email', urgency: AFTER_ALERTS },
    at,
  );
  const row = delivered(world, world.ids.oneOfThen<Delivery>(deliveryRows(letter), at), at);
  world.rows.add(Delivery, row);
  const sent = { now: row.acceptedAt!, actor: SERVICE };
  const entry = auditEntry(sent, 'referral.acknowledged-to-referrer', referralId);
  world.rows.add(AuditEntry, world.ids.oneOfThen<AuditEntry>(entry, sent.now));
}
