import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ADDITION_KINDS, ADDITION_WORDS, type AdditionKind } from '#domain';
import { REFERENCE } from '../referrals/answers.ts';

@ApiSchema({
  name: 'Addition',
  description: 'What your agency added to a referral. What was submitted stays as it was.',
})
export class AdditionAnswer {
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    maxLength: 36,
    example: '019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30',
    description: 'Names the addition.',
  })
  id!: string;
  @ApiProperty({ ...REFERENCE, description: 'The referral that it is of.' }) reference!: string;
  @ApiProperty({
    type: 'string',
    enum: [...ADDITION_KINDS],
    'x-enumDescriptions': ADDITION_WORDS,
    description: 'What was added.',
    example: 'information',
  } as object)
  kind!: AdditionKind;
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 10_000,
    description: 'What the hub has to know, or why the referral is withdrawn.',
    example: 'Maya told her teacher today that she slept at an aunt’s since Friday.',
  })
  words?: string;
  @ApiProperty({
    type: 'string',
    maxLength: 200,
    description: 'Who says it.',
    example: 'Bernadette Owusu-Lacey, health visitor',
  })
  saidBy!: string;
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 200,
    description: 'Of a correction: the field of the referral.',
    example: '/children/0/dateOfBirth',
  })
  pointer?: string;
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 2000,
    description: 'Of a correction: what is right there.',
    example: '2019-05-15',
  })
  value?: string;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    maxLength: 30,
    description: 'When the hub had it.',
    example: '2026-11-24T09:12:03.420Z',
  })
  addedAt!: string;
}
