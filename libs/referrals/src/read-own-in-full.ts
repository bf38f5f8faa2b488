import { Injectable } from '@nestjs/common';
import { ownAgency, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import {
  parseReferralReference,
  type ReferralSource,
  type SubmittedAdult,
  type SubmittedChild,
  type SubmittedReferral,
} from '#domain';
import { Refused, Settings } from '#platform';
import { Database, sql, type Transaction } from '#store';
import { adviceFor } from './advice.ts';
import { isOnlyForItsSender, mayReadOwnWords } from './own-words.ts';
import { ownReferral, type OwnReferral } from './read-own-referral.ts';

/** What a referral says that its agency sent, as it was sent. */
export interface OwnSent {
  readonly submitted: Omit<SubmittedReferral, 'children' | 'adults'>;
  readonly children: readonly SubmittedChild[];
  readonly adults: readonly SubmittedAdult[];
  /** Who of the agency filled in the form; null where a program sent it. */
  readonly sentBy: string | null;
  readonly sourceCode: ReferralSource | null;
}

export interface OwnInFull {
  /** Where it stands: what a program of the agency is told, and no more. */
  readonly own: OwnReferral;
  /** Whether it is restricted and another person sent it: then it says where it stands, and no more. */
  readonly isOnlyForItsSender: boolean;
  /** Null where the hub took it down, since those may be another person's words, and where it is only for its sender. */
  readonly sent: OwnSent | null;
  /** What the sender was told at receipt; null where `sent` is. */
  readonly advice: string | null;
  readonly agency: string;
  readonly now: Temporal.Instant;
}

/** Shows a person of an agency one of its own referrals: what was sent, and what became of it. */
@Injectable()
export class ReadOwnInFull {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** @throws Refused `not-found`, for a referral of another agency exactly as for one that does not exist */
  async execute(reference: string, by: StaffActor): Promise<OwnInFull> {
    const [agencyId, written] = [ownAgency(by), parseReferralReference(reference)];
    if (written === null) throw new Refused('not-found');
    return this.database.as(by).transaction(async (tx) => {
      const { id, own: whole } = await ownReferral(tx, this.settings, { agencyId, reference: written });
      await tx.insert(auditEntry(tx, 'referral.own-read', id));
      const agency = await tx.row<{ name: string }>(sql`SELECT name FROM agency WHERE id = ${agencyId}`);
      const { isClosed } = (await tx.row<{ isClosed: boolean }>(
        sql`SELECT ${isOnlyForItsSender(by)} AS "isClosed" FROM referral r WHERE r.id = ${id}`,
      ))!;
      const { feedback, ...where } = whole;
      const own = isClosed || feedback === undefined ? where : whole;
      const sent = await sentIn(tx, id, by);
      const advice = sent === null ? null : adviceFor(sent.submitted);
      return { own, isOnlyForItsSender: isClosed, sent, advice, agency: agency!.name, now: tx.now };
    });
  }
}

function sentIn(tx: Transaction, id: string, by: StaffActor): Promise<OwnSent | null> {
  return tx.row<OwnSent>(sql`
    SELECT mash.submitted(r.id) AS submitted, m.name AS "sentBy", r.source_code AS "sourceCode",
      (SELECT jsonb_agg(submitted ORDER BY position) FROM referral_child WHERE referral_id = r.id) AS children,
      (SELECT coalesce(jsonb_agg(submitted ORDER BY position), '[]') FROM referral_adult WHERE referral_id = r.id) AS adults
    FROM referral r LEFT JOIN staff_member m ON m.id = r.taken_by WHERE r.id = ${id} AND ${mayReadOwnWords(by)}`);
}
