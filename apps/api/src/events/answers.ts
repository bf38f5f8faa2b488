import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { EVENT_TYPES, EVENT_WORDS, type EventType } from '#domain';
import { REQUEST_ID } from '../information-requests/answers.ts';
import { PageAnswer } from '../paging/answers.ts';
import { REFERENCE } from '../referrals/answers.ts';

@ApiSchema({ name: 'EventData', description: 'What an event is about: ask for it to learn more.' })
class EventDataAnswer {
  @ApiProperty({ ...REFERENCE, description: 'The referral that it is about.' }) reference!: string;
  @ApiPropertyOptional({ ...REQUEST_ID, description: 'The information request that it is about.' })
  informationRequest?: string;
}

@ApiSchema({ name: 'Event', description: 'What happened.' })
class EventAnswer {
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    maxLength: 36,
    description: 'Names the event.',
    example: '019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30',
  })
  id!: string;
  @ApiProperty({
    type: 'string',
    enum: [...EVENT_TYPES],
    'x-enumDescriptions': EVENT_WORDS,
    description: 'What kind of thing happened. New kinds may come.',
    example: 'referral.decided',
  } as object)
  type!: EventType;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    maxLength: 30,
    description: 'When it happened. An event may stand after one that happened later.',
    example: '2026-11-23T16:40:02.118Z',
  })
  occurredAt!: string;
  @ApiProperty({ type: EventDataAnswer, description: 'What it is about.' }) data!: EventDataAnswer;
}

@ApiSchema({ name: 'Events', description: 'What happened since your cursor.' })
export class EventsAnswer {
  @ApiProperty({ type: [EventAnswer], minItems: 0, maxItems: 100, description: 'The earliest numbered first.' })
  data!: EventAnswer[];
  @ApiProperty({ type: PageAnswer, description: 'Keep its next, and ask with it the next time.' }) page!: PageAnswer;
}
