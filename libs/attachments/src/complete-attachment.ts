import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { ownAgency, type AccessActor } from '#access';
import { Policies } from '#deadlines';
import type { FileKindCode } from '#domain';
import { JobNudge } from '#jobs';
import { keepAddition } from '#partners';
import { Refused } from '#platform';
import { lockReferral } from '#referrals';
import { Database, sql, Attachment, type Transaction } from '#store';
import { awaitCheck, refuseContent } from './attachment-state.ts';
import { ExamineParts, type Examined } from './examine-parts.ts';
import { partsHere, removeParts } from './file-bytes.ts';
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

type Row = Pick<
  Attachment,
  'id' | 'referralId' | 'size' | 'sha256' | 'state' | 'saidBy' | 'words' | 'dataKey' | 'keyName' | 'fingerprint'
>;
type Sent = Row & Measured;

/** Who sends parts of a file while it is completed is told that it is another one. */
const TRIES = 3;

/**
 * All parts of a file have come: it is whole, it is what was announced, and its content is of a kind that the hub takes.
 * Then it is an addition to the referral, at any time, also after the decision. Safe to repeat.
 */
@Injectable()
export class CompleteAttachment {
  constructor(
    private readonly database: Database,
    private readonly keys: FileKeys,
    private readonly parts: ExamineParts,
    private readonly policies: Policies,
    private readonly jobs: JobNudge,
  ) {}

  /**
   * @throws Refused `not-found`, `attachments-not-taken`, `attachment-altered` or `attachment-not-taken`
   * @throws PartsMissing, ObjectsAway
   */
  async execute({ by, ...which }: CompleteAttachmentCommand): Promise<OwnAttachment> {
    const own = written(which);
    if (own === null) throw new Refused('not-found');
    this.keys.mustBeSet();
    for (let tried = 1; ; tried += 1) {
      const examined = await this.examine(own, by);
      const file = await this.database.as(by).transaction((tx) => this.within(tx, own, by, examined));
      if (file === null && tried < TRIES) continue;
      if (file === null) throw new Refused('attachment-altered');
      // What was refused stays refused: the transaction has said so.
      if (file.state === 'refused') throw new Refused('attachment-not-taken');
      this.jobs.nudge();
      return file;
    }
  }

  /**
   * Reads a file through, before the transaction that adds it: no lock waits for a store elsewhere.
   *
   * @param measured of a file that a browser sent; null where it was announced
   * @returns null for a file that is completed
   * @throws Refused `not-found`
   * @throws PartsMissing, ObjectsAway, and Error when a part cannot be read
   */
  async examine(own: WhichAttachment, by: AccessActor, measured: Measured | null = null): Promise<Examined | null> {
    const sent = await this.database.as(by).transaction((tx) => this.found(tx, own, by, measured));
    if (sent.state !== 'uploading') return null;
    try {
      return await this.parts.execute(sent, by);
    } catch (error) {
      const now = await this.database.as(by).transaction((tx) => this.found(tx, own, by, measured));
      // Another completed it meanwhile, and what is refused has no parts.
      if (now.state !== 'uploading') return null;
      throw error;
    }
  }

  /**
   * Adds it, within a transaction.
   *
   * @param examined its parts as they were read
   * @param measured of a file that a browser sent; null where it was announced
   * @returns null where parts have come since they were read
   * @throws Refused `not-found` or `attachment-altered`
   */
  async within(
    tx: Transaction,
    own: WhichAttachment,
    by: AccessActor,
    examined: Examined | null,
    measured: Measured | null = null,
  ): Promise<OwnAttachment | null> {
    // No part is changed, and no other completes it, meanwhile.
    const sent = await this.found(tx, own, by, measured, true);
    if (sent.state === 'uploading') {
      if (examined === null || !isDeepStrictEqual(await partsHere(tx, sent.id), examined.parts)) return null;
      if (!examined.sha256.equals(sent.sha256)) throw new Refused('attachment-altered');
      if (measured !== null) await tx.change(Attachment, sent.id, { ...measured });
      if (examined.kind === null) {
        await refuseContent(tx, sent);
        await removeParts(tx, [sent.id]);
      } else {
        await this.add(tx, { ...sent, agencyId: ownAgency(by) }, examined.kind, own.reference);
      }
    }
    return ownAttachment(tx, sent.id);
  }

  /** @throws Refused `not-found`, also for a file that a browser is sending where its measure is not given */
  private async found(
    tx: Transaction,
    { reference, attachment }: WhichAttachment,
    by: AccessActor,
    measured: Measured | null,
    isLocked = false,
  ): Promise<Sent> {
    const row = await tx.row<Row>(sql`
      SELECT a.id, a.referral_id AS "referralId", a.size, a.sha256, a.state, a.said_by AS "saidBy", a.words,
        a.data_key AS "dataKey", a.key_name AS "keyName", a.fingerprint
      FROM attachment a JOIN referral r ON r.id = a.referral_id
      WHERE a.id = ${attachment} AND r.reference = ${reference} AND a.agency_id = ${ownAgency(by)}
        ${isLocked ? sql`FOR NO KEY UPDATE OF a` : sql``}`);
    const size = row?.size ?? measured?.size;
    const sha256 = row?.sha256 ?? measured?.sha256;
    if (row === null || size === undefined || sha256 === undefined) throw new Refused('not-found');
    return { ...row, size, sha256 };
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
