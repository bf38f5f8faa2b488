import type { Refusal } from './refusal.ts';

/** Refusals about records that only some people may open. */
export const REFUSALS_OF_RESTRICTIONS = {
  barred: {
    status: 403,
    title: 'You must not open this record',
    text: 'A manager recorded that you are, or know, one of the people. If a child is in danger, ring the duty manager.',
    log: 'info',
    isOnRecord: true,
  },
  'not-named': {
    status: 403,
    title: 'You cannot change who may open this record',
    text: 'You opened it in an emergency. A manager who works with it makes the change: the page of the restriction names them.',
    log: 'info',
    isOnRecord: true,
  },
  'holder-not-let-in': {
    status: 409,
    title: 'This person may not open a restricted record',
    text: 'Let them in first, on the page of the restriction, or choose a person who may open it.',
    log: 'debug',
  },
  'restricted-already': {
    status: 409,
    title: 'This referral is restricted already',
    text: 'Its page says who may open it. Change that there.',
    log: 'debug',
  },
  'not-oneself-out': {
    status: 409,
    title: 'You cannot keep yourself out',
    text: 'Let another manager in, and they do it.',
    log: 'debug',
  },
  'own-glass': {
    status: 409,
    title: 'Another manager looks at this',
    text: 'You opened the record yourself.',
    log: 'debug',
    isOnRecord: true,
  },
  'reviewed-already': {
    status: 409,
    title: 'A manager has looked at this already',
    text: 'The list says what they found.',
    log: 'debug',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
