import { createHash, type Hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ownAgency, type AccessActor } from '#access';
import { Policies } from '#deadlines';
import { partsOf, type FileKindCode } from '#domain';
import { JobNudge } from '#jobs';
import { keepAddition } from '#partners';
import { Refused } from '#platform';
import { lockReferral } from '#referrals';
import { Database, sql, Attachment, type Transaction } from '#store';
import { awaitCheck, refuseContent } from './attachment-state.ts';
import { ContentKind } from './content-kind.ts';
import { bytesOf, partsHere, removeParts } from './file-bytes.ts';
import { FileKeys } from './file-keys.ts';
import { ownAttachment, written, type OwnAttachment, type WhichAttachment } from './own-attachment.ts';

export interface CompleteAttachmentCommand extends WhichAttachment {
  readonly by: AccessActor;
}

/** What is known of a file that a browser sent, when its last byte has come. */
export interface Measured {
  /** Bytes. */
  readonly size: number;
  readonly sha256: Buffer;
}

/** A file is not whole. */
export class PartsMissing extends Error {
  /** @param numbers of the parts that have not come, from 1 */
  constructor(readonly numbers: readonly number[]) {
    super('parts-missing');
    this.name = 'PartsMissing';
  }
}

type Row = Pick<
  Attachment,
  'id' | 'referralId' | 'size' | 'sha256' | 'state' | 'saidBy' | 'words' | 'dataKey' | 'keyName' | 'fingerprint'
>;
type Sent = Row & Measured;

/**
 * All parts of a file have come: it is whole, it is what was announced, and its content is of a kind that the hub takes.
 * Then it is an addition to the referral, at any time, also after the decision. Safe to repeat.
 */
@Injectable()
export class CompleteAttachment {
  constructor(
    private readonly database: Database,
    private readonly keys: FileKeys,
    private readonly policies: Policies,
    private readonly jobs: JobNudge,
  ) {}

  /**
   * @throws Refused `not-found`, `attachments-not-taken`, `attachment-altered` or `attachment-not-taken`
   * @throws PartsMissing
   */
  async execute({ by, ...which }: CompleteAttachmentCommand): Promise<OwnAttachment> {
    const own = written(which);
    if (own === null) throw new Refused('not-found');
    this.keys.mustBeSet();
    const file = await this.database.as(by).transaction((tx) => this.within(tx, own, by));
    // What was refused stays refused: the transaction has said so.
    if (file.state === 'refused') throw new Refused('attachment-not-taken');
    this.jobs.nudge();
    return file;
  }

  /**
   * The same within a transaction.
   *
   * @param measured of a file that a browser sent; null where it was announced
   * @throws Refused `not-found` or `attachment-altered`
   * @throws PartsMissing
   */
  async within(
    tx: Transaction,
    { reference, attachment }: WhichAttachment,
    by: AccessActor,
    measured: Measured | null = null,
  ): Promise<OwnAttachment> {
    const agencyId = ownAgency(by);
    // No part is changed, and no other completes it, meanwhile.
    const row = await tx.row<Row>(sql`
      SELECT a.id, a.referral_id AS "referralId", a.size, a.sha256, a.state, a.said_by AS "saidBy", a.words,
        a.data_key AS "dataKey", a.key_name AS "keyName", a.fingerprint
      FROM attachment a JOIN referral r ON r.id = a.referral_id
      WHERE a.id = ${attachment} AND r.reference = ${reference} AND a.agency_id = ${agencyId} FOR NO KEY UPDATE OF a`);
    const sent = row === null ? null : await this.measured(tx, row, measured);
    if (sent === null) throw new Refused('not-found');
    if (sent.state === 'uploading') {
      const kind = await this.readThrough(tx, sent);
      if (kind === null) {
        await refuseContent(tx, sent);
        await removeParts(tx, [sent.id]);
      } else {
        await this.add(tx, { ...sent, agencyId }, kind, reference);
      }
    }
    return ownAttachment(tx, sent.id);
  }

  /** @returns null for a file that is still coming from a browser: a program of the agency cannot complete it */
  private async measured(tx: Transaction, row: Row, found: Measured | null): Promise<Sent | null> {
    const { size, sha256 } = row;
    if (size !== null && sha256 !== null) return { ...row, size, sha256 };
    if (found === null) return null;
    const { id } = row;
    await tx.change(Attachment, id, { ...found });
    return { ...row, ...found };
  }

  /** @returns what it is by its content; null for no kind that the hub takes */
  private async readThrough(tx: Transaction, sent: Sent): Promise<FileKindCode | null> {
    const here = await partsHere(tx, sent.id);
    const missing = Array.from({ length: partsOf(sent.size) }, (_, at) => at + 1).filter((one) => !here.includes(one));
    if (missing.length > 0) throw new PartsMissing(missing);
    const [hash, content]: [Hash, ContentKind] = [createHash('sha256'), new ContentKind()];
    for await (const bytes of bytesOf(sent, this.keys.ofFile(sent.id, sent), (work) => work(tx))) {
      hash.update(bytes);
      content.add(bytes);
    }
    if (!hash.digest().equals(sent.sha256)) throw new Refused('attachment-altered');
    return content.found;
  }

  private async add(tx: Transaction, sent: Sent & { agencyId: string }, kind: FileKindCode, reference: string) {
    const referral = await lockReferral(tx, reference);
    const { saidBy, words, fingerprint, agencyId } = sent;
    // No agency can send this as an idempotency key: it has a space.
    const kept = { agencyId, key: `attachment ${sent.id}`, fingerprint };
    const addition = { kind: 'attachment', words, saidBy, correction: null, ...kept } as const;
    const details = { attachmentId: sent.id };
    const additionId = await keepAddition(tx, this.policies, referral, addition, 'attachment.added', details);
    await awaitCheck(tx, sent.id, { additionId, kind, rating: referral.rating });
  }
}
