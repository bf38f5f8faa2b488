import type { Refusal } from './refusal.ts';

/** Refusals about files that agencies add to referrals. */
export const REFUSALS_OF_ATTACHMENTS = {
  'attachments-not-taken': {
    status: 409,
    title: 'This hub takes no files',
    text: 'Nothing was stored. Say in an addition to the referral that there are files, and how the hub gets them.',
    log: 'info',
    isForAgencies: true,
  },
  'too-many-attachments': {
    status: 409,
    title: 'The referral has as many files as the hub takes',
    text: 'Nothing was stored. 20 files can be added to a referral; one that is not completed counts for 24 hours. Ask the hub how to hand over more.',
    log: 'info',
    isForAgencies: true,
  },
  'attachment-completed': {
    status: 409,
    title: 'The file is completed',
    text: 'Its parts can no longer be sent. The list of files says how it stands. To send another file, begin another one.',
    log: 'debug',
    isForAgencies: true,
  },
  'attachment-altered': {
    status: 409,
    title: 'The parts do not make the file that was begun',
    text: 'Their SHA-256 is another than the one that you gave. Send the parts again and complete the file, or begin it with the right SHA-256.',
    log: 'info',
    isForAgencies: true,
  },
  'attachment-not-taken': {
    status: 422,
    title: 'The content of the file is of no kind that the hub takes',
    text: 'Nothing of it is kept. Take a PDF, a picture (JPEG, PNG, GIF, WebP, TIFF, HEIC) or a Word document without macros; what counts is the content, not the name.',
    log: 'info',
    isForAgencies: true,
  },
  'attachment-closed': {
    status: 409,
    title: 'This file cannot be opened',
    text: 'It is not checked for viruses yet, or a virus was found. The page of the referral says which. If a virus was found, ask the agency to send the file another way.',
    log: 'info',
    isOnRecord: true,
  },
  'attachment-unreadable': {
    status: 409,
    title: 'This file cannot be opened',
    text: 'The key that it is encrypted with is not there. Tell the people who run the service: the setting is ATTACHMENT_KEYS.',
    log: 'info',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
