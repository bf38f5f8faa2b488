/** How a file that an agency adds to a referral stands. */
export const ATTACHMENT_STATES = ['uploading', 'refused', 'waiting', 'clean', 'infected', 'not_scanned'] as const;
export type AttachmentState = (typeof ATTACHMENT_STATES)[number];

/** In words for the agency. */
export const ATTACHMENT_STATE_WORDS: Readonly<Record<AttachmentState, string>> = {
  uploading: 'Its parts are awaited',
  refused: 'Not taken: its content is no kind of file that the hub takes',
  waiting: 'The hub has it, and will check it for viruses before a person sees it',
  clean: 'The hub has it, and found no virus',
  infected: 'A virus was found: no person of the hub can open it',
  not_scanned: 'The hub has it, and has no scanner for viruses',
};

/** Whether a person of the hub can open it. What waits for a scanner is shown to no person. */
export const canBeOpened = (state: AttachmentState): boolean => state === 'clean' || state === 'not_scanned';
