import type { Shortcut } from '#access';

export const SHORTCUT_WORDS: Readonly<Record<Shortcut, string>> = {
  'next-row': 'Next line of the queue',
  'previous-row': 'Line before',
  open: 'Open the line',
  'take-next': 'Take the next one',
  search: 'Search',
  queue: 'Go to the queue',
  help: 'Help',
};
