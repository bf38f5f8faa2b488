import { parseReferralReference, type AttachmentState, type FileKindCode } from '#domain';
import { isUuid } from '#platform';
import { sql, type Transaction } from '#store';

/** A file of an agency, as the agency sees it. */
export interface OwnAttachment {
  readonly id: string;
  readonly reference: string;
  readonly name: string;
  readonly claimedType: string;
  readonly kind: FileKindCode | null;
  readonly size: number;
  readonly sha256: Buffer;
  readonly saidBy: string;
  readonly words: string;
  readonly state: AttachmentState;
  /** The numbers of the parts that the hub has while it awaits more. */
  readonly partsHere: readonly number[];
  readonly begunAt: Temporal.Instant;
  readonly addedAt: Temporal.Instant | null;
}

const COLUMNS = sql`a.id, r.reference, a.name, a.claimed_type AS "claimedType", a.kind, a.size, a.sha256,
  a.said_by AS "saidBy", a.words, a.state, CASE WHEN a.state = 'uploading' THEN
    ARRAY(SELECT p.number::int FROM attachment_part p WHERE p.attachment_id = a.id ORDER BY p.number) ELSE '{}' END AS "partsHere",
  a.begun_at AS "begunAt", a.added_at AS "addedAt"`;

/**
 * The files that an agency has added to a referral of its own, and those that its program is sending, the first one first. One
 * that a browser is sending is none yet: nothing is known of it, and nothing comes of it unless the browser goes on.
 */
export function ownAttachments(tx: Transaction, referralId: string, agencyId: string): Promise<OwnAttachment[]> {
  return tx.rows<OwnAttachment>(sql`
    SELECT ${COLUMNS} FROM attachment a JOIN referral r ON r.id = a.referral_id
    WHERE a.referral_id = ${referralId} AND a.agency_id = ${agencyId} AND a.size IS NOT NULL
    ORDER BY a.begun_at, a.id`);
}

export async function ownAttachment(tx: Transaction, id: string): Promise<OwnAttachment> {
  return (await tx.row<OwnAttachment>(sql`
    SELECT ${COLUMNS} FROM attachment a JOIN referral r ON r.id = a.referral_id WHERE a.id = ${id}`))!;
}

/** Which file of which referral of one's own. */
export interface WhichAttachment {
  readonly reference: string;
  readonly attachment: string;
}

/** The texts of an address as the columns have them; null where no file can have such an address. */
export function written({ reference, attachment }: WhichAttachment): WhichAttachment | null {
  const read = parseReferralReference(reference);
  return read === null || !isUuid(attachment) ? null : { reference: read, attachment };
}
