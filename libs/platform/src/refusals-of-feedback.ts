import type { Refusal } from './refusal.ts';

/** Why an act on the answer to a referrer is not done. */
export const REFUSALS_OF_FEEDBACK = {
  'rationale-to-referrer': {
    status: 409,
    title: 'What we tell the referrer repeats the rationale',
    text: 'The rationale stays in the hub. Write other words for the referrer, or leave them to the hub.',
    log: 'debug',
  },
  'nothing-to-tell': {
    status: 409,
    title: 'Nothing is left to tell the referrer',
    text: 'Another person did it, or the decision is not in effect any more. The page of the referral shows it. Nothing was recorded.',
    log: 'debug',
  },
  'nothing-to-allow': {
    status: 409,
    title: 'This does not wait for a manager’s leave',
    text: 'The page of the referral shows why. Nothing was recorded.',
    log: 'debug',
  },
  'leave-is-missing': {
    status: 409,
    title: 'A manager has to allow it first',
    text: 'This referrer is a person of the public. Nothing was recorded.',
    log: 'debug',
  },
  'may-be-taken-back': {
    status: 409,
    title: 'The decision can still be taken back',
    text: 'The referrer may be told when that time is over, a few seconds from now. Nothing was recorded.',
    log: 'debug',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
