import type { Refusal } from './refusal.ts';

/** Refusals about the addresses at which agencies are told of what happened. */
export const REFUSALS_OF_WEBHOOKS = {
  'webhooks-off': {
    status: 409,
    title: 'This hub sends no webhooks',
    text: 'Ask for events at /api/v1/events instead, or ask the hub to set webhooks up.',
    log: 'info',
    isForAgencies: true,
  },
  'webhook-address-taken': {
    status: 409,
    title: 'Your agency has an endpoint at this address already',
    text: 'Nothing was stored. List your endpoints. If its secret is lost, rotate it.',
    log: 'debug',
    isForAgencies: true,
  },
  'webhook-endpoints-enough': {
    status: 409,
    title: 'Your agency has five endpoints already',
    text: 'Nothing was stored. Remove one that is not used, then add the next.',
    log: 'debug',
    isForAgencies: true,
  },
  'webhook-off': {
    status: 409,
    title: 'The endpoint is switched off',
    text: 'Nothing was sent. Switch it on when the receiver works, then send this again.',
    log: 'debug',
    isForAgencies: true,
  },
} as const satisfies Readonly<Record<string, Refusal>>;
