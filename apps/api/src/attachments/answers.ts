import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import {
  ATTACHMENT_STATE_WORDS,
  ATTACHMENT_STATES,
  MEDIA_TYPE_WORDS,
  MEDIA_TYPES,
  MOST_BYTES,
  PART_BYTES,
  type AttachmentState,
} from '#domain';
import { REFERENCE } from '../referrals/answers.ts';

export const ATTACHMENT_ID = {
  type: 'string',
  format: 'uuid',
  maxLength: 36,
  example: '019abf0e-6f3a-7c11-9d52-4b8e2f7a1c31',
  description: 'Names the file.',
} as const;

const AN_INSTANT = { type: 'string', format: 'date-time', maxLength: 30, example: '2026-11-24T09:12:03.420Z' } as const;

@ApiSchema({ name: 'Attachment', description: 'A file that your agency adds to a referral.' })
export class AttachmentAnswer {
  @ApiProperty(ATTACHMENT_ID) id!: string;
  @ApiProperty({ ...REFERENCE, description: 'The referral that it is added to.' }) reference!: string;
  @ApiProperty({
    type: 'string',
    maxLength: 120,
    description: 'What people of the hub see as its name.',
    example: 'Body map 20 November.pdf',
  })
  name!: string;
  @ApiProperty({
    type: 'string',
    enum: [...MEDIA_TYPES],
    'x-enumDescriptions': MEDIA_TYPE_WORDS,
    description: 'What it is by its content; until it is completed, what you said.',
    example: 'application/pdf',
  } as object)
  mediaType!: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MOST_BYTES, description: 'Bytes.', example: 1_310_720 })
  size!: number;
  @ApiProperty({
    type: 'string',
    pattern: '^[0-9a-f]{64}$',
    description: 'The SHA-256 of the whole file.',
    example: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  })
  sha256!: string;
  @ApiProperty({
    type: 'string',
    maxLength: 200,
    description: 'Who adds it.',
    example: 'Bernadette Owusu-Lacey, health visitor',
  })
  saidBy!: string;
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 2000,
    description: 'What it shows.',
    example: 'Body map of the bruises that I saw on 20 November.',
  })
  description?: string;
  @ApiProperty({
    type: 'string',
    enum: [...ATTACHMENT_STATES],
    'x-enumDescriptions': ATTACHMENT_STATE_WORDS,
    description: 'How it stands.',
    example: 'uploading',
  } as object)
  state!: AttachmentState;
  @ApiProperty({
    ...{ type: 'integer', minimum: 1, maximum: PART_BYTES },
    description: 'The bytes of each part but the last, which has what is left.',
    example: PART_BYTES,
  })
  partSize!: number;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 20, description: 'In how many parts it comes.', example: 2 })
  parts!: number;
  @ApiProperty({
    ...{ type: 'array', minItems: 0, maxItems: 20 },
    items: { type: 'integer', minimum: 1, maximum: 20 },
    description: 'The numbers of the parts that the hub has, from 1. Empty once it is completed.',
    example: [1],
  })
  partsHere!: number[];
  @ApiProperty({ ...AN_INSTANT, description: 'When it was begun. One that is not completed goes after 24 hours.' })
  begunAt!: string;
  @ApiPropertyOptional({ ...AN_INSTANT, description: 'When it was completed, and added to the referral.' })
  addedAt?: string;
}

@ApiExtraModels(AttachmentAnswer)
@ApiSchema({ name: 'Attachments', description: 'The files of your agency that belong to one referral.' })
export class AttachmentsAnswer {
  @ApiProperty({
    ...{ type: 'array', minItems: 0, maxItems: 100 },
    items: { $ref: getSchemaPath(AttachmentAnswer) },
    description: 'Those that were begun first are first.',
  })
  attachments!: AttachmentAnswer[];
}
