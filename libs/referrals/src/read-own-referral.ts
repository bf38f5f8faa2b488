import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { Database, Referral, type ReferralStatus, sql } from '#store';

/** What an agency may know of its own referral. Instants are RFC 3339 in UTC. */
export interface OwnReferral {
  readonly reference: string;
  readonly status: 'received' | 'in_triage' | 'decided';
  readonly receivedAt: string;
  readonly decisionExpectedBy: string;
}

interface Found {
  readonly id: string;
  readonly reference: string;
  readonly status: ReferralStatus;
  readonly opened: boolean;
  /** The decision may still be taken back. */
  readonly undoable: boolean;
  readonly receivedAt: Temporal.Instant;
  readonly decisionDueAt: Temporal.Instant;
}

/** Shows an agency where one of its own referrals stands. */
@Injectable()
export class ReadOwnReferral {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found` for a referral that is not the agency's, exactly as for one that does not exist */
  async execute({ agencyId, reference }: { agencyId: string; reference: string }): Promise<OwnReferral> {
    const written = parseReferralReference(reference);
    if (written === null) throw new Refused('not-found');
    return this.database.as({ kind: 'agency', id: agencyId }).transaction(async (tx) => {
      const found = await tx.row<Found>(
        sql`SELECT id, reference, status, first_opened_at IS NOT NULL AS opened,
           coalesce(undoable_until > ${tx.now}, false) AS undoable, received_at AS "receivedAt",
           decision_due_at AS "decisionDueAt"
         FROM referral WHERE reference = ${written} AND agency_id = ${agencyId}`,
      );
      if (found === null) {
        const isAnothers = (await tx.one(Referral, { reference: written }, ['id'])) !== null;
        throw isAnothers ? Refused.byPolicy() : new Refused('not-found');
      }
      await tx.insert(auditEntry(tx, 'referral.status-read', found.id));
      return {
        reference: found.reference,
        status: statusFor(found),
        receivedAt: found.receivedAt.toString(),
        decisionExpectedBy: found.decisionDueAt.toString(),
      };
    });
  }
}

/** Partners learn that we are at it and when we are done, and nothing of what we know or think. */
function statusFor({ status, opened, undoable }: Found): OwnReferral['status'] {
  if (status === 'decided' && !undoable) return 'decided';
  return opened ? 'in_triage' : 'received';
}
