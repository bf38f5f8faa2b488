import { shownName } from '#domain';
import { readFields, type FieldFault } from '#referrals';
import { BeginAttachmentBody } from './begin-attachment.body.ts';

/** A file that an agency is going to send. */
export interface AnnouncedFile {
  /** Fit to be shown. */
  readonly name: string;
  readonly claimedType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: Buffer;
  readonly saidBy: string;
  /** What it shows; may be empty. */
  readonly words: string;
}

/** A file cannot be begun as it is announced. Everything that is wrong with it, one fault a pointer. */
export class InvalidAttachment extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super('invalid-attachment');
    this.name = 'InvalidAttachment';
  }
}

/** @throws InvalidAttachment with a pointer for every faulty field */
export function readAttachment(sent: unknown): AnnouncedFile {
  const { body, faults } = readFields(BeginAttachmentBody, sent);
  if (body === null || faults.length > 0) throw new InvalidAttachment(faults);
  const { name, mediaType, size, sha256, saidBy, description = '' } = body;
  return {
    ...{ name: shownName(name), claimedType: mediaType, size, saidBy, words: description },
    sha256: Buffer.from(sha256, 'hex'),
  };
}
