import type { RecordPart } from '#oversight';

/** What a pack says of the record that its figures come from. */
export function recordInWords(record: RecordPart | null, when: (at: string) => string) {
  const { checkpoint, verification } = record ?? { checkpoint: null, verification: null };
  return {
    isWrong: verification?.holds === false,
    verification:
      verification === null
        ? 'The record was not verified before this pack was made.'
        : verification.holds
          ? `The record was verified at ${when(verification.at)}: ${verification.entries} entries, all as they were written, compared with ${verification.checkpoints} signed checkpoints.`
          : `The record was verified at ${when(verification.at)}: it is not as it was written. The page of the service says where.`,
    checkpoint:
      checkpoint === null
        ? 'No signed checkpoint of the record was made.'
        : `The last signed checkpoint of the record is of ${when(checkpoint.at)} and commits to ${checkpoint.entries} entries.`,
    note: checkpoint?.note ?? null,
  };
}
