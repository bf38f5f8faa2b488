import type { OwnFiles } from '#attachments';
import { FILE_KINDS, MEDIA_TYPES, MOST_FILES, type AttachmentState } from '#domain';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { FileUploadArgs } from '../../shell/govuk/args.ts';
import { sizeInWords } from '../../shell/referral/attachments.presenter.ts';

export const KINDS_IN_WORDS = 'a PDF, a picture (JPEG, PNG, GIF, WebP, TIFF or HEIC) or a Word document without macros';

/** How a file stands, as the people of its agency are told. */
const STATES: Readonly<Record<AttachmentState, string>> = {
  uploading: 'Not here yet: your agency’s program is still sending it.',
  refused: `Not taken: it is not ${KINDS_IN_WORDS}.`,
  waiting: 'Being checked for viruses. The hub can open it after that.',
  clean: 'The hub has it.',
  infected: 'Not taken: a virus was found, and the file cannot be opened. Check your computer, then send a clean file.',
  not_scanned: 'The hub has it.',
};

/**
 * The files of the agency, and the form for one more. Names are words of strangers, shown as text; no file can be opened here.
 *
 * @param when an instant in words
 */
export function presentOwnFiles(
  { files, takesFiles, hasRoom }: OwnFiles,
  fields: FormFields,
  when: (instant: Temporal.Instant) => string,
) {
  return {
    files: files.map(({ name, kind, size, saidBy, words, state, addedAt, begunAt }) => ({
      ...{ name, saidBy, words, isRefused: state === 'refused' || state === 'infected' },
      kind: kind === null ? null : FILE_KINDS[kind].words,
      size: sizeInWords(size),
      at: when(addedAt ?? begunAt),
      state: STATES[state],
    })),
    isFull: takesFiles && !hasRoom ? `A referral can have ${MOST_FILES} files, and this one has them.` : null,
    upload: takesFiles && hasRoom ? uploadOf(fields) : null,
  };
}

function uploadOf(fields: FormFields): { readonly words: object; readonly file: FileUploadArgs } {
  return {
    words: fields.textarea(
      'whatItShows',
      { label: 'What does the file show? (optional)', hint: 'Such as “body map of the bruises that I saw on Monday”' },
      { rows: 2 },
    ),
    file: fields.fileUpload(
      'file',
      { label: 'Choose a file', hint: `${upperFirst(KINDS_IN_WORDS)}, of up to 20 MB` },
      MEDIA_TYPES,
    ),
  };
}

const upperFirst = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
