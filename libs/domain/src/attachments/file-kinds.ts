/** A kind of file that the hub takes. */
export interface FileKind {
  readonly mediaType: string;
  /** The ending of the name under which it is saved. */
  readonly ending: string;
  readonly words: string;
}

/**
 * Documents and pictures that a program can show without running anything. A page, a drawing with scripts (SVG) and a
 * document with macros are not among them.
 */
export const FILE_KINDS = {
  pdf: { mediaType: 'application/pdf', ending: 'pdf', words: 'PDF' },
  jpeg: { mediaType: 'image/jpeg', ending: 'jpg', words: 'JPEG picture' },
  png: { mediaType: 'image/png', ending: 'png', words: 'PNG picture' },
  gif: { mediaType: 'image/gif', ending: 'gif', words: 'GIF picture' },
  webp: { mediaType: 'image/webp', ending: 'webp', words: 'WebP picture' },
  tiff: { mediaType: 'image/tiff', ending: 'tif', words: 'TIFF picture' },
  heic: { mediaType: 'image/heic', ending: 'heic', words: 'HEIC picture' },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ending: 'docx',
    words: 'Word document',
  },
  doc: { mediaType: 'application/msword', ending: 'doc', words: 'Word document (older kind)' },
} as const satisfies Readonly<Record<string, FileKind>>;

export type FileKindCode = keyof typeof FILE_KINDS;

export const MEDIA_TYPES: readonly string[] = Object.values(FILE_KINDS).map(({ mediaType }) => mediaType);
export const MEDIA_TYPE_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(FILE_KINDS).map(({ mediaType, words }) => [mediaType, words]),
);
