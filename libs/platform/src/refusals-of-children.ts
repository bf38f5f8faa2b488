import type { Refusal } from './refusal.ts';

/** The refusals about known children, the case system and advice about a child: a part of the one table. */
export const REFUSALS_OF_CHILDREN = {
  'one-referral': {
    status: 409,
    title: 'These are two children of one referral',
    text: 'One referral names each child once. Nothing was recorded.',
    log: 'debug',
  },
  'children-joined': {
    status: 409,
    title: 'These are one child already',
    text: 'Another person said so before. The page of the child shows it. Nothing was recorded.',
    log: 'debug',
  },
  'children-kept-apart': {
    status: 409,
    title: 'A person said that these are two children',
    text: 'The page of the child shows who. Take that back first. Nothing was recorded.',
    log: 'debug',
  },
  'case-system-not-checked': {
    status: 409,
    title: 'A child has not been looked for in the case system',
    text: 'The hub’s policy asks for it before this decision. Record what it says of each child, or why it could not be checked. Nothing was recorded.',
    onForm:
      'A child has not been looked for in the case system, which the hub’s policy asks for before this decision. Record what it says of each child, or why it could not be checked. Nothing was recorded.',
    log: 'debug',
  },
  'open-case-without-reason': {
    status: 409,
    title: 'A child has an open case',
    text: 'An open child goes to the allocated worker. Say why this one does not, or select that outcome. Nothing was recorded.',
    onForm:
      'A child has an open case, and goes to the allocated worker. Say why this one does not, or select that outcome. Nothing was recorded.',
    log: 'debug',
  },
  'advice-ended': {
    status: 409,
    title: 'Another person has said what became of this advice',
    text: 'The advice shows what. Nothing was recorded.',
    log: 'debug',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
