import type { AttachmentLine } from '#attachments';
import { canBeOpened, FILE_KINDS, type AttachmentState } from '#domain';

const MB = 1024 * 1024;

/** How large a file is, such as `1.3 MB`. @param bytes */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < MB) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / MB).toFixed(1)} MB`;
}

/** What a person of the hub is told of a file beside its name. A file that is checked and clean needs no word. */
const STATE_WORDS: Readonly<Record<AttachmentState, string>> = {
  uploading: '',
  refused: '',
  waiting: 'Waiting to be checked for viruses. It can be opened after that.',
  clean: 'Checked: no virus found.',
  infected: 'A virus was found. The file stays closed: ask the agency to send it another way.',
  not_scanned: 'Not checked for viruses: this hub has no scanner. Open it only if you expect it.',
};
const SCANNER_AWAY =
  'Waiting to be checked for viruses. The scanner gives no answer, and the people who run the service are told.';

/** The files that the agency has added, the first one first. @param when an instant in words */
export function presentAttachments(files: readonly AttachmentLine[], when: (instant: Temporal.Instant) => string) {
  return files.map(({ id, name, kind, size, agency, saidBy, words, addedAt, state, virus, isScannerAway }) => ({
    ...{ id, name, agency, saidBy, words, virus },
    kind: FILE_KINDS[kind].words,
    size: sizeInWords(size),
    at: when(addedAt),
    canBeOpened: canBeOpened(state),
    isInfected: state === 'infected',
    state: isScannerAway ? SCANNER_AWAY : STATE_WORDS[state],
  }));
}
