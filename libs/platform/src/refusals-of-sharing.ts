import type { Refusal } from './refusal.ts';

/** Refusals about sharing work among people, and information with agencies. */
export const REFUSALS_OF_SHARING = {
  'another-knows-the-child': {
    status: 409,
    title: 'Another person knows the child',
    text: 'They are at work and have room. Choose them, or say why it is another person.',
    log: 'debug',
  },
  'no-room-for-it': {
    status: 409,
    title: 'This person would have more than they may',
    text: 'Choose another person, or say why it is this one.',
    log: 'debug',
  },
  'already-asked': {
    status: 409,
    title: 'One of these agencies has been asked already',
    text: 'Its request is not answered yet. Chase it, or withdraw it first. Nothing was recorded.',
    log: 'debug',
  },
  'request-settled': {
    status: 409,
    title: 'This request is settled already',
    text: 'It has been answered, withdrawn or read meanwhile. Its page shows how it stands. Nothing was recorded.',
    log: 'debug',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
