import { INFORMATION_KINDS, ADDITION_WORDS } from '#domain';
import { OneOf, Text } from '#referrals';

const optional = true;
const [information, correction] = INFORMATION_KINDS;

/** The body of `POST /api/v1/referrals/{reference}/information`. Unknown properties are refused. */
export class AddInformationBody {
  @OneOf(INFORMATION_KINDS, {
    description: 'Whether it is new, or puts something right that was sent.',
    example: information,
    words: { information: ADDITION_WORDS[information], correction: ADDITION_WORDS[correction] },
  })
  readonly kind!: (typeof INFORMATION_KINDS)[number];
  @Text({
    max: 10_000,
    optional,
    description: "What the hub has to know. Required when kind is 'information'.",
    example: 'Maya told her teacher today that she slept at an aunt’s since Friday.',
  })
  readonly words?: string;
  @Text({ max: 200, description: 'Who says it.', example: 'Bernadette Owusu-Lacey, health visitor' })
  readonly saidBy!: string;
  @Text({
    max: 200,
    optional,
    description:
      "The field of the referral that is wrong or was left out, as a JSON Pointer (RFC 6901). Required when kind is 'correction', and only then.",
    example: '/children/0/dateOfBirth',
  })
  readonly pointer?: string;
  @Text({
    max: 2_000,
    optional,
    description: "What is right there, as text. Required when kind is 'correction', and only then.",
    example: '2019-05-15',
  })
  readonly value?: string;
}

/** The body of `POST /api/v1/referrals/{reference}/withdrawal`. Unknown properties are refused. */
export class WithdrawReferralBody {
  @Text({
    max: 10_000,
    description: 'Why your agency withdraws it.',
    example: 'The referral was of another child of the same name.',
  })
  readonly reason!: string;
  @Text({ max: 200, description: 'Who says it.', example: 'Bernadette Owusu-Lacey, health visitor' })
  readonly saidBy!: string;
}
