import { MEDIA_TYPE_WORDS, MEDIA_TYPES, MOST_BYTES } from '#domain';
import { OneOf, Sha256, Text, Whole } from '#referrals';

const optional = true;

/** The body of `POST /api/v1/referrals/{reference}/attachments`. Unknown properties are refused. */
export class BeginAttachmentBody {
  @Text({
    min: 1,
    max: 255,
    description: 'What you call the file. People of the hub see it; folders and what is unseen are taken off.',
    example: 'Body map 20 November.pdf',
  })
  readonly name!: string;
  @OneOf(MEDIA_TYPES, {
    description: 'What you think that the file is. The hub looks at its content, and goes by that.',
    example: 'application/pdf',
    words: MEDIA_TYPE_WORDS,
  })
  readonly mediaType!: string;
  @Whole({ min: 1, max: MOST_BYTES, description: 'The size of the whole file in bytes.', example: 1_310_720 })
  readonly size!: number;
  @Sha256({
    description: 'The SHA-256 of the whole file, in hexadecimal digits.',
    example: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  })
  readonly sha256!: string;
  @Text({ max: 200, description: 'Who adds it.', example: 'Bernadette Owusu-Lacey, health visitor' })
  readonly saidBy!: string;
  @Text({
    max: 2_000,
    optional,
    description: 'What the file shows, for the person who reads the referral.',
    example: 'Body map of the bruises that I saw on 20 November.',
  })
  readonly description?: string;
}
