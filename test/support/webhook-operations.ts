import { randomUUID } from 'node:crypto';

export const ENDPOINTS = '/api/v1/webhook-endpoints';
export const ADD_ENDPOINT = `POST ${ENDPOINTS}`;
/** The operations on one endpoint, each with its method before the address, by the act that each puts on the record. */
export const operationsOn = (endpoint: string, delivery: string = randomUUID()) => ({
  'webhooks.read': `GET ${ENDPOINTS}/${endpoint}`,
  'webhook.secret-rotated': `POST ${ENDPOINTS}/${endpoint}/secret`,
  'webhook.switched-on': `POST ${ENDPOINTS}/${endpoint}/switch-on`,
  'webhook.tested': `POST ${ENDPOINTS}/${endpoint}/test`,
  'webhook.log-read': `GET ${ENDPOINTS}/${endpoint}/deliveries`,
  'webhook.replayed': `POST ${ENDPOINTS}/${endpoint}/deliveries/${delivery}/replay`,
  'webhook.removed': `DELETE ${ENDPOINTS}/${endpoint}`,
});
