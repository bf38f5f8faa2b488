import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { EVENT_TYPES, EVENT_WORDS } from '#domain';
import { CALL_FAULTS, callFaultInWords } from '#partners';
import { PageAnswer } from '../paging/answers.ts';

/** How the answers of the routes of webhooks look in the contract. */
const INSTANT = { type: 'string', format: 'date-time', maxLength: 30, example: '2026-11-23T16:40:02.118Z' } as const;
const UUID = { type: 'string', format: 'uuid', maxLength: 36 } as const;

export const ENDPOINT_ID = {
  ...UUID,
  example: '019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30',
  description: 'Names the endpoint.',
} as const;
export const DELIVERY_ID = {
  ...UUID,
  example: '019abf0f-11c2-7a40-8e05-0c7d1b2a9f63',
  description: 'Names the delivery.',
} as const;

const code = (words: Readonly<Record<string, string>>) => ({
  type: 'string' as const,
  enum: Object.keys(words),
  'x-enumDescriptions': words,
});
const STATES = {
  on: 'It is told of what happens',
  failing: 'The last call failed: it is called again, more and more slowly',
  off: 'Nothing is sent until you switch it on',
  suspended: 'The client that added it is suspended, or may not have webhooks: nothing is sent',
};
const OFF_BECAUSE = {
  failing: 'It took nothing for 72 hours',
  gone: 'It answered 410: that it is gone',
};
const DELIVERY_STATES = {
  waiting: 'It is sent when it is due',
  delivered: 'The receiver answered 2xx',
  failed: 'The receiver refused it for 72 hours, and took others',
  not_sent: 'Your agency may not know of it any more, or the endpoint was removed',
};
const FAULT_WORDS = Object.fromEntries(CALL_FAULTS.map((one) => [one, callFaultInWords(one)]));
const TYPES = { ...EVENT_WORDS, 'webhook.test': 'A test that you asked for: it is about nothing' };

@ApiSchema({ name: 'WebhookEndpoint', description: 'An address at which the hub tells your program what happened.' })
export class EndpointAnswer {
  @ApiProperty(ENDPOINT_ID) id!: string;
  @ApiProperty({
    type: 'string',
    format: 'uri',
    maxLength: 2000,
    description: 'Where the hub calls.',
    example: 'https://records.example.org/mash/events',
  })
  address!: string;
  @ApiProperty({
    ...UUID,
    description: 'The client that added it. While that is suspended nothing is sent.',
    example: '019abf0d-2e51-7b3c-9a44-5f6e7d8c9b0a',
  })
  clientId!: string;
  @ApiProperty({ ...INSTANT, description: 'When it was added. It is told of what happened since.' }) addedAt!: string;
  @ApiProperty({ ...code(STATES), description: 'How it stands. New states may come.', example: 'on' }) state!: string;
  @ApiPropertyOptional({ ...INSTANT, description: 'Since when each call has failed. Absent while calls succeed.' })
  failingSince?: string;
  @ApiPropertyOptional({ ...INSTANT, description: 'Since when it is switched off. Absent of one that is on.' })
  offSince?: string;
  @ApiPropertyOptional({
    ...code(OFF_BECAUSE),
    description: 'Why it was switched off. Absent of one that is on.',
    example: 'failing',
  })
  offBecause?: string;
  @ApiPropertyOptional({
    ...INSTANT,
    description: 'Until when the secret of before signs as well. Absent where none does.',
  })
  oldSecretUntil?: string;
  @ApiPropertyOptional({ ...INSTANT, description: 'When it last took a call, of the last 30 days.' })
  lastDeliveredAt?: string;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 10_000_000, description: 'Deliveries that wait.', example: 0 })
  waiting!: number;
}

@ApiSchema({ name: 'WebhookEndpointWithSecret', description: 'The endpoint, and the secret that signs its calls.' })
export class EndpointWithSecretAnswer extends EndpointAnswer {
  @ApiProperty({
    type: 'string',
    maxLength: 100,
    pattern: '^whsec_[A-Za-z0-9+/]+={0,2}$',
    description: 'Signs the calls (Standard Webhooks). It is shown this once: keep it as you keep a password.',
    example: 'whsec_bm90IGEgc2VjcmV0LCBidXQgYW4gZXhhbXBsZSAgIQ==',
  })
  secret!: string;
}

@ApiSchema({ name: 'WebhookEndpoints', description: 'The endpoints of your agency.' })
export class EndpointsAnswer {
  @ApiProperty({
    type: [EndpointAnswer],
    minItems: 0,
    maxItems: 5,
    description: 'The first that was added at the top.',
  })
  data!: EndpointAnswer[];
}

@ApiSchema({ name: 'WebhookAttempt', description: 'One call of a delivery. The body of your answer is not kept.' })
class AttemptAnswer {
  @ApiProperty({ ...INSTANT, description: 'When it was made.' }) at!: string;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 100,
    maximum: 999,
    description: 'The status of your answer. Absent where none came.',
    example: 503,
  })
  status?: number;
  @ApiPropertyOptional({
    ...code(FAULT_WORDS),
    description: 'Why it failed. Absent where it did not. New faults may come.',
    example: 'refused',
  })
  fault?: string;
}

@ApiSchema({ name: 'WebhookDelivery', description: 'One event for one endpoint, or a test of it.' })
export class DeliveryAnswer {
  @ApiProperty(DELIVERY_ID) id!: string;
  @ApiProperty({
    ...UUID,
    description: 'The header webhook-id of each call, and the id of the event.',
    example: '019abf0e-7a2b-7d90-b1c3-6e5d4c3b2a19',
  })
  messageId!: string;
  @ApiProperty({
    type: 'string',
    enum: [...EVENT_TYPES, 'webhook.test'],
    'x-enumDescriptions': TYPES,
    description: 'What it is about. New kinds may come.',
    example: 'referral.decided',
  } as object)
  type!: string;
  @ApiProperty({ ...code(DELIVERY_STATES), description: 'How it stands.', example: 'delivered' }) state!: string;
  @ApiProperty({ ...INSTANT, description: 'Since when it is in the log.' }) madeAt!: string;
  @ApiPropertyOptional({ ...INSTANT, description: 'When it is sent next. Absent of one that does not wait.' })
  dueAt?: string;
  @ApiProperty({
    type: [AttemptAnswer],
    minItems: 0,
    maxItems: 50,
    description: 'Its last calls, the latest at the top.',
  })
  attempts!: AttemptAnswer[];
}

@ApiSchema({ name: 'WebhookDeliveries', description: 'The log of an endpoint.' })
export class DeliveriesAnswer {
  @ApiProperty({ type: [DeliveryAnswer], minItems: 0, maxItems: 100, description: 'The latest at the top.' })
  data!: DeliveryAnswer[];
  @ApiProperty({ type: PageAnswer, description: 'Where the log goes on.' }) page!: PageAnswer;
}
