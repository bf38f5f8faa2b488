import { Injectable } from '@nestjs/common';
import { councilNow } from '#access';
import { auditEntry } from '#audit';
import {
  feedbackWords,
  parseReferralReference,
  type FeedbackAudience,
  type FeedbackState,
  type FeedbackWords,
  type Outcome,
} from '#domain';
import { Refused, Settings } from '#platform';
import { Database, sql, type Transaction } from '#store';
import { referralNotFound } from './referral-not-found.ts';
import { OWN_STATUS, ownStatus, type OwnStatus, type StandingOfOwn } from './own-status.ts';

/** What an agency may know of its own referral. Instants are RFC 3339 in UTC. */
export interface OwnReferral {
  readonly reference: string;
  readonly status: OwnStatus;
  readonly receivedAt: string;
  readonly decisionExpectedBy: string;
  /** What its referrer is told of the decision; left out before it, and where its referrer is not to be told. */
  readonly feedback?: FeedbackWords;
}

interface Found extends StandingOfOwn {
  readonly id: string;
  readonly reference: string;
  readonly receivedAt: Temporal.Instant;
  readonly decisionDueAt: Temporal.Instant;
  /** The answer to the referrer of the decision in effect; null where there is none, as on decisions of before. */
  readonly told: {
    readonly audience: FeedbackAudience;
    readonly state: FeedbackState;
    readonly outcome: Outcome;
    readonly reason: string;
  } | null;
}

/** Shows an agency where one of its own referrals stands. */
@Injectable()
export class ReadOwnReferral {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** @throws Refused `not-found` for a referral that is not the agency's, exactly as for one that does not exist */
  async execute({ agencyId, reference }: { agencyId: string; reference: string }): Promise<OwnReferral> {
    const written = parseReferralReference(reference);
    if (written === null) throw new Refused('not-found');
    return this.database.as({ kind: 'agency', id: agencyId }).transaction(async (tx) => {
      const { id, own } = await ownReferral(tx, this.settings, { agencyId, reference: written });
      await tx.insert(auditEntry(tx, 'referral.status-read', id));
      return own;
    });
  }
}

/**
 * Where a referral of an agency's own stands, for its programs and its people.
 *
 * @throws Refused `not-found`, also for a referral of another agency
 */
export async function ownReferral(
  tx: Transaction,
  settings: Settings,
  { agencyId, reference }: { readonly agencyId: string; readonly reference: string },
): Promise<{ readonly id: string; readonly own: OwnReferral }> {
  const found = await tx.row<Found>(
    sql`SELECT id, reference, ${OWN_STATUS}, received_at AS "receivedAt",
       decision_due_at AS "decisionDueAt", (
         SELECT jsonb_build_object('audience', f.audience, 'state', f.state, 'outcome', d.outcome, 'reason', f.reason)
         FROM feedback f JOIN decision d ON d.id = f.decision_id
         WHERE f.referral_id = referral.id AND f.state <> 'withdrawn'
         ORDER BY f.owed_at DESC, f.id DESC LIMIT 1) AS told
     FROM referral WHERE reference = ${reference} AND agency_id = ${agencyId}`,
  );
  if (found === null) throw await referralNotFound(tx, reference);
  const status = ownStatus(found, tx.now);
  const feedback = status === 'decided' ? await wordsOf(tx, settings, found.told) : null;
  const own = {
    reference: found.reference,
    status,
    receivedAt: found.receivedAt.toString(),
    decisionExpectedBy: found.decisionDueAt.toString(),
    ...(feedback === null ? {} : { feedback }),
  };
  return { id: found.id, own };
}

/** The same words as a person of the hub says; none for a referrer whom no manager has allowed to be told. */
async function wordsOf(tx: Transaction, settings: Settings, told: Found['told']): Promise<FeedbackWords | null> {
  if (told === null || (told.state !== 'owed' && told.state !== 'told')) return null;
  const { outcome, audience, reason } = told;
  const { hubPhone } = await councilNow(tx, settings);
  return feedbackWords({ outcome, audience, reason, hubPhone });
}
