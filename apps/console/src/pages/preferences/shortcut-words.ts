import type { Shortcut } from '#work';

export const SHORTCUT_WORDS: Readonly<Record<Shortcut, string>> = {
  'next-row': 'Next row of the queue',
  'previous-row': 'Previous row',
  open: 'Open the row',
  'take-next': 'Take the next one',
  search: 'Search',
  queue: 'Go to the queue',
  help: 'Help',
};
