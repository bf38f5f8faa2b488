import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  ANSWER_KINDS,
  ANSWER_WORDS,
  HANDLING_WORDS,
  HANDLINGS,
  POWER_WORDS,
  POWERS,
  type AnswerKind,
  type Handling,
  type Power,
} from '#domain';
import { REFERENCE } from '../referrals/answers.ts';

/** How the answers of the routes of information requests look in the contract. */
const INSTANT = { type: 'string', format: 'date-time', maxLength: 30 } as const;
const DAY = { type: 'string', format: 'date', maxLength: 10 } as const;

const code = (codes: readonly string[], words: Readonly<Record<string, string>>) => ({
  type: 'string' as const,
  enum: [...codes],
  'x-enumDescriptions': Object.fromEntries(codes.map((one) => [one, words[one]])),
});

export const REQUEST_ID = {
  type: 'string',
  format: 'uuid',
  maxLength: 36,
  example: '019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30',
  description: 'Names the request.',
} as const;

export const STATE_WORDS = {
  open: 'The hub waits for your answer',
  answered: 'You have answered, and may add to it',
  withdrawn: 'The hub needs no answer any more; one is taken all the same',
} as const;
export type StateOfRequest = keyof typeof STATE_WORDS;

@ApiSchema({ name: 'AskedChild', description: 'A child that the hub asks about.' })
export class AskedChildAnswer {
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 300,
    description: 'As referred, or the beginning of a description; absent where neither is known.',
    example: 'Maya Marsden-Pyke',
  })
  name?: string;
  @ApiPropertyOptional({ ...DAY, description: 'Absent where it is not known.', example: '2019-05-14' })
  dateOfBirth?: string;
}

@ApiSchema({ name: 'InformationAnswer', description: 'What your agency answered.' })
export class InformationAnswerAnswer {
  @ApiProperty({ ...code(ANSWER_KINDS, ANSWER_WORDS), description: 'Whether anything is known.', example: 'known' })
  kind!: AnswerKind;
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 10_000,
    description: 'What is known, or why it is refused.',
    example: 'Two reports in 2025, both of shouting at night. No child was hurt.',
  })
  words?: string;
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 200,
    description: 'Who knows the children best at your agency.',
    example: 'PC Amos Tully',
  })
  leadWorker?: string;
  @ApiPropertyOptional({
    ...DAY,
    description: 'The day of your last contact with the children.',
    example: '2025-10-02',
  })
  lastContactOn?: string;
  @ApiProperty({
    ...code(HANDLINGS, HANDLING_WORDS),
    description: 'How far the answer may go.',
    example: 'receiving_service',
  })
  handling!: Handling;
  @ApiProperty({ ...INSTANT, description: 'When the hub had it.', example: '2026-11-23T15:21:40.120Z' })
  answeredAt!: string;
}

@ApiSchema({ name: 'InformationRequest', description: 'What the hub asks your agency about some children.' })
export class InformationRequestAnswer {
  @ApiProperty(REQUEST_ID) id!: string;
  @ApiProperty({ ...REFERENCE, description: 'The referral that it is about.' }) reference!: string;
  @ApiProperty({
    ...code(Object.keys(STATE_WORDS), STATE_WORDS),
    description: 'How the request stands.',
    example: 'answered',
  })
  state!: StateOfRequest;
  @ApiProperty({ type: [AskedChildAnswer], minItems: 1, maxItems: 12, description: 'The children that it is about.' })
  children!: AskedChildAnswer[];
  @ApiProperty({
    type: 'string',
    maxLength: 2000,
    description: 'What the hub needs to know.',
    example: 'Whether the family is known, and any report of violence at home.',
  })
  whatFor!: string;
  @ApiProperty({
    type: 'string',
    maxLength: 2000,
    description: 'Why the hub needs it now.',
    example: 'A strategy discussion is held this afternoon.',
  })
  whyNow!: string;
  @ApiProperty({
    ...code(POWERS, POWER_WORDS),
    description: 'The power under which the hub asks.',
    example: 'section_47',
  })
  power!: Power;
  @ApiProperty({ ...INSTANT, description: 'When the hub asked.', example: '2026-11-23T14:20:00Z' }) askedAt!: string;
  @ApiProperty({
    ...INSTANT,
    description: 'By when the hub needs your answer. It changes when the referral is rated otherwise.',
    example: '2026-11-23T16:20:00Z',
  })
  dueAt!: string;
  @ApiProperty({
    type: [InformationAnswerAnswer],
    minItems: 0,
    maxItems: 10_000,
    description: 'Your answers, the first at the top: also those that the hub wrote down on the telephone.',
  })
  answers!: InformationAnswerAnswer[];
}

@ApiSchema({ name: 'InformationRequests', description: 'What the hub asks your agency.' })
export class InformationRequestsAnswer {
  @ApiProperty({
    type: [InformationRequestAnswer],
    minItems: 0,
    maxItems: 400,
    description:
      'First those that are open, by the time at which they are due; then those that were answered or withdrawn in the last 30 days, the latest first. At most 200 of either.',
  })
  requests!: InformationRequestAnswer[];
}
