import type { Refusal } from './refusal.ts';

/** The refusals about where families go. */
export const REFUSALS_OF_ROUTES = {
  'no-such-team': {
    status: 409,
    title: 'There is no such team any more',
    text: 'The table of localities has changed. Choose another team. Nothing was recorded.',
    onForm: 'The team that you chose is not in the table of localities any more. Choose another. Nothing was recorded.',
    log: 'debug',
  },
  'other-team-without-reason': {
    status: 409,
    title: 'The address gives another team',
    text: 'Say why another team takes the family. Nothing was recorded.',
    onForm: 'The address gives another team: say why this one takes the family. Nothing was recorded.',
    log: 'debug',
  },
  'route-changed-meanwhile': {
    status: 409,
    title: 'Another person has sent it on or decided again meanwhile',
    text: 'The page shows where it is now. Nothing of yours was recorded.',
    log: 'debug',
  },
  'route-not-awaited': {
    status: 409,
    title: 'No answer is awaited',
    text: 'It was accepted or returned already, or no person has chosen yet whom it goes to. Nothing was recorded.',
    log: 'debug',
  },
  'route-without-recipient': {
    status: 409,
    title: 'Say whom it goes to',
    text: 'Name the worker or the authority. Nothing was recorded.',
    log: 'debug',
  },
  'sent-on-without-reason': {
    status: 409,
    title: 'Say why it is sent on',
    text: 'It was sent to others before. Nothing was recorded.',
    log: 'debug',
  },
  'answered-at-another-time': {
    status: 409,
    title: 'The answer cannot be of that time',
    text: 'It comes after the family was sent, and is not ahead. Nothing was recorded.',
    log: 'debug',
  },
  'not-at-the-edge-of-care': {
    status: 409,
    title: 'This referral is not with the edge of care service',
    text: 'Its decision does not send it there, or it was sent on. Nothing was recorded.',
    log: 'debug',
  },
  'edge-of-care-out-of-order': {
    status: 409,
    title: 'That cannot be on this day',
    text: 'It comes after the family was sent, only a panel or a review can be ahead, and a child goes home again after coming into care. Nothing was recorded.',
    log: 'debug',
  },
  'localities-changed-meanwhile': {
    status: 409,
    title: 'Another person has published a table meanwhile',
    text: 'Read it, then send yours again if it still holds. Nothing was published.',
    log: 'debug',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
