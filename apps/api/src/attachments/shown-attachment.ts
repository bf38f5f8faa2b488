import type { OwnAttachment } from '#attachments';
import { FILE_KINDS, PART_BYTES, partsOf } from '#domain';
import type { AttachmentAnswer } from './answers.ts';

/** A file as its agency is shown it. */
export function shownAttachment(file: OwnAttachment): AttachmentAnswer {
  const { id, reference, name, kind, claimedType, size, saidBy, words, state, partsHere, begunAt, addedAt } = file;
  return {
    ...{ id, reference, name, size, saidBy, state },
    mediaType: kind === null ? claimedType : FILE_KINDS[kind].mediaType,
    sha256: file.sha256.toString('hex'),
    ...(words === '' ? {} : { description: words }),
    ...{ partSize: PART_BYTES, parts: partsOf(size), partsHere: [...partsHere] },
    begunAt: begunAt.toString(),
    ...(addedAt === null ? {} : { addedAt: addedAt.toString() }),
  };
}
