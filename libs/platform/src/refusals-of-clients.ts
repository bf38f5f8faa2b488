import type { Refusal } from './refusal.ts';

/** Refusals about the programs of agencies, and about the people who sign in. */
export const REFUSALS_OF_CLIENTS = {
  'agency-there-already': {
    status: 409,
    title: 'There is an agency of this name already',
    text: 'Open it in the list, or give this one another name. Capitals, accents and signs make no other name.',
    log: 'debug',
  },
  'person-there-already': {
    status: 409,
    title: 'There is a person whom the identity provider calls that',
    text: 'Open the person in the list to change what they may do.',
    log: 'debug',
  },
  'table-has-faults': {
    status: 409,
    title: 'Nothing was added',
    text: 'A row cannot be added any more, because something changed meanwhile. Look at the preview again.',
    log: 'debug',
  },
  'insufficient-scope': {
    status: 403,
    title: 'The access token is not good for this',
    text: 'Ask for a token whose scope names what this operation needs. If your client does not have that scope, ask the hub.',
    log: 'info',
    isForAgencies: true,
  },
  'key-there-already': {
    status: 409,
    title: 'The program has this key already',
    text: 'Bring another key, or go on with this one.',
    log: 'debug',
  },
  'council-changed': {
    status: 409,
    title: 'Another administrator changed this meanwhile',
    text: 'Look at the last version below, then save again.',
    log: 'debug',
  },
  'not-own-role': {
    status: 409,
    title: 'You cannot change your own role',
    text: 'Another administrator does it, so that no person decides alone what they may do.',
    log: 'info',
    isOnRecord: true,
  },
  'not-own-address': {
    status: 409,
    title: 'You cannot change your own e-mail address',
    text: 'Another administrator does it.',
    log: 'info',
    isOnRecord: true,
  },
  'second-account': {
    status: 409,
    title: 'You cannot give your own e-mail address to another account',
    text: 'A person who administers does not have the work as well. Another administrator adds an account for you if you need one.',
    log: 'info',
    isOnRecord: true,
  },
  'role-of-partner': {
    status: 409,
    title: 'A partner works for an agency, and a person of the hub for none',
    text: 'Record that the person has left, then add the person again.',
    log: 'debug',
  },
  'role-of-provider': {
    status: 409,
    title: 'The role of this person comes from the identity provider',
    text: 'Have it changed there. You can change which alerts the person answers.',
    log: 'debug',
  },
  'role-mapped-already': {
    status: 409,
    title: 'This value has a role already',
    text: 'Remove it from the list to give it another role.',
    log: 'debug',
  },
  'not-oneself': {
    status: 409,
    title: 'You cannot say of yourself that you have left',
    text: 'Another administrator does it, so that the hub is never without one by mistake.',
    log: 'info',
    isOnRecord: true,
  },
  'keys-enough': {
    status: 409,
    title: 'The program has two keys already',
    text: 'Remove the one that it does not use any more, then add the next.',
    log: 'debug',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
