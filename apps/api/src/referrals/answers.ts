import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import type { CheckAnswer, ListedReferral, OwnReferral, SubmissionAnswer, Warning } from '#referrals';
import { PageAnswer } from '../paging/answers.ts';
import { PROBLEMS, typeOf } from '../problems/problem-table.ts';

/** How the reference of a referral is written. */
export const REFERENCE = {
  type: 'string',
  pattern: '^MASH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$',
  maxLength: 14,
  example: 'MASH-7K3F-9QXT',
  description: 'Short enough to say on the telephone.',
} as const;
const INSTANT = { type: 'string', format: 'date-time', maxLength: 30 } as const;
const RECEIVED_AT = {
  ...INSTANT,
  description: 'Every clock starts here.',
  example: '2026-11-23T14:07:19.316Z',
} as const;
const EXPECTED_BY = {
  ...INSTANT,
  description: 'By when the hub means to have decided.',
  example: '2026-11-23T18:07:19.316Z',
} as const;
const ADVICE = {
  type: 'string',
  maxLength: 500,
  description: 'What to do meanwhile.',
  example: 'If a child is in immediate danger, dial 999.',
} as const;
const status = (
  words: Readonly<Record<OwnReferral['status'], string>>,
  ...codes: readonly OwnReferral['status'][]
) => ({
  type: 'string' as const,
  enum: [...codes],
  'x-enumDescriptions': Object.fromEntries(codes.map((code) => [code, words[code]])),
  description: 'Where the referral stands.',
  example: 'received',
});
const STATUS_WORDS = {
  received: 'We have it',
  in_triage: 'We are looking at it',
  decided: 'We have decided what happens next',
};

@ApiSchema({
  name: 'Warning',
  description: 'A value that was set apart, because it cannot be right. It never holds the value.',
})
class WarningAnswer implements Warning {
  @ApiProperty({
    type: 'string',
    maxLength: 200,
    pattern: '^(/[^/]*)*$',
    description: 'Where it was, as a JSON Pointer (RFC 6901).',
    example: '/children/0/nhsNumber',
  })
  pointer!: string;
  @ApiProperty({
    type: 'string',
    maxLength: 60,
    pattern: '^[a-z0-9_]+$',
    description: 'The kind of fault. New kinds may come.',
    example: 'nhs_number_check_digit',
  })
  code!: string;
  @ApiProperty({
    type: 'string',
    maxLength: 2000,
    description: 'What is expected, for the developer.',
    example: 'Must be ten digits with a valid check digit',
  })
  detail!: string;
}
const WARNINGS = {
  type: [WarningAnswer] as [typeof WarningAnswer],
  minItems: 1,
  maxItems: 100,
  description:
    'With Prefer: handling=lenient, the values that were set apart. Correct them when you know what is right.',
};

/** How the answers of the referral routes look in the contract. */
@ApiSchema({ name: 'ReferralReceived', description: 'The referral is ours.' })
export class SubmissionAnswerBody implements SubmissionAnswer {
  @ApiProperty(REFERENCE) reference!: string;
  @ApiProperty(status(STATUS_WORDS, 'received')) status!: 'received';
  @ApiProperty(RECEIVED_AT) receivedAt!: string;
  @ApiProperty(EXPECTED_BY) decisionExpectedBy!: string;
  @ApiProperty(ADVICE) advice!: string;
  @ApiPropertyOptional(WARNINGS) warnings?: WarningAnswer[];
}

@ApiSchema({ name: 'ReferralChecked', description: 'The referral could be sent as it is. Nothing was stored.' })
export class CheckAnswerBody implements CheckAnswer {
  @ApiProperty({
    type: 'boolean',
    enum: [true],
    description: 'Always true: a referral that is not is a 422.',
    example: true,
  })
  valid!: true;
  @ApiProperty(ADVICE) advice!: string;
  @ApiPropertyOptional(WARNINGS) warnings?: WarningAnswer[];
}

const words = (description: string, example: string) =>
  ({ type: 'string', maxLength: 2000, description, example }) as const;

@ApiSchema({ name: 'Feedback', description: 'What the referrer is told of the decision. It names no person.' })
class FeedbackAnswer implements NonNullable<OwnReferral['feedback']> {
  @ApiProperty(words('What was decided.', 'A social worker assesses what help the child and the family need.'))
  decided!: string;
  @ApiProperty(words('Why, in brief.', 'The child may need help that only children’s social care can give.'))
  reason!: string;
  @ApiProperty(words('What we ask of the referrer.', 'Go on supporting the child as you do.'))
  asked!: string;
  @ApiProperty(words('How to add information.', 'If you learn anything new, ring the hub on 0161 496 0000.'))
  toAddInformation!: string;
  @ApiProperty(words('How to challenge the decision.', 'If you do not agree, ring the hub and ask for a manager.'))
  toChallenge!: string;
}

@ApiSchema({ name: 'ReferralStatus', description: 'Where a referral of your own stands.' })
export class OwnReferralAnswer implements OwnReferral {
  @ApiProperty(REFERENCE) reference!: string;
  @ApiProperty(status(STATUS_WORDS, 'received', 'in_triage', 'decided')) status!: OwnReferral['status'];
  @ApiProperty(RECEIVED_AT) receivedAt!: string;
  @ApiProperty(EXPECTED_BY) decisionExpectedBy!: string;
  @ApiPropertyOptional({
    type: FeedbackAnswer,
    description: 'There when we have decided, unless the referrer is not to be told.',
  })
  feedback?: FeedbackAnswer;
}

/** The sender's own case number, as an answer or a filter has it. */
export const SENDER_REFERENCE = {
  type: 'string',
  minLength: 1,
  maxLength: 64,
  example: 'HV-26-11-04417',
  description: 'Your own case number, as you sent it.',
} as const;

@ApiSchema({ name: 'ListedReferral', description: 'A referral of your own in a list.' })
export class ListedReferralAnswer implements ListedReferral {
  @ApiProperty(REFERENCE) reference!: string;
  @ApiPropertyOptional(SENDER_REFERENCE) senderReference?: string;
  @ApiProperty(status(STATUS_WORDS, 'received', 'in_triage', 'decided')) status!: OwnReferral['status'];
  @ApiProperty(RECEIVED_AT) receivedAt!: string;
  @ApiProperty(EXPECTED_BY) decisionExpectedBy!: string;
}

@ApiSchema({ name: 'Referrals', description: 'A page of your own referrals.' })
export class ReferralsAnswer {
  @ApiProperty({
    type: [ListedReferralAnswer],
    minItems: 0,
    maxItems: 100,
    description: 'The latest at the top. Read one by its reference for what the referrer is told.',
  })
  data!: ListedReferralAnswer[];
  @ApiProperty({ type: PageAnswer, description: 'Where the list goes on.' }) page!: PageAnswer;
}

@ApiSchema({ name: 'Fault', description: 'One place in the body that is wrong. It never holds what was sent there.' })
class FaultAnswer {
  @ApiProperty({
    type: 'string',
    maxLength: 4000,
    pattern: '^(/[^/]*)*$',
    description: 'Where it is, as a JSON Pointer (RFC 6901); empty for the whole body.',
    example: '/children/0/nhsNumber',
  })
  pointer!: string;
  @ApiProperty({
    type: 'string',
    maxLength: 60,
    pattern: '^[a-z0-9_]+$',
    description: 'The kind of fault. New kinds may come.',
    example: 'nhs_number_check_digit',
  })
  code!: string;
  @ApiProperty({
    type: 'string',
    maxLength: 2000,
    description: 'What is expected, for the developer.',
    example: 'Must be ten digits with a valid check digit',
  })
  detail!: string;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 300_000,
    description: 'Line of the body, from 1.',
    example: 3,
  })
  line?: number;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 300_000,
    description: 'Character of that line, from 1.',
    example: 14,
  })
  column?: number;
}

@ApiSchema({ name: 'Problem', description: 'Why the answer is no success (RFC 9457).' })
export class ProblemAnswerBody {
  @ApiProperty({
    type: 'string',
    enum: Object.keys(PROBLEMS).map(typeOf),
    'x-enumDescriptions': Object.fromEntries(
      Object.entries(PROBLEMS).map(([slug, { title }]) => [typeOf(slug), title]),
    ),
    description: 'The kind of problem.',
    example: 'urn:mash-triage:problem:invalid-referral',
  } as object)
  type!: string;
  @ApiProperty({
    type: 'string',
    maxLength: 200,
    description: 'The kind of problem in words.',
    example: 'Some fields of the referral cannot be accepted',
  })
  title!: string;
  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599, description: 'The status of the answer.', example: 422 })
  status!: number;
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 1000,
    description: 'What was done and what you can do.',
    example: 'Nothing was stored. Put the fields named in errors right and send it again.',
  })
  detail?: string;
  @ApiProperty({
    type: 'string',
    format: 'uri',
    maxLength: 300,
    description: 'The address of a page that says when this kind of problem comes and what to do.',
    example: 'https://mash.example.org/problems/invalid-referral',
  })
  help!: string;
  @ApiProperty({
    type: 'string',
    maxLength: 60,
    pattern: '^urn:request:[0-9a-f-]+$',
    description: 'Names the request, for asking us about it.',
    example: 'urn:request:3f2b8c1e-9d0a-4c57-8c36-0b1f7a2d9e41',
  })
  instance!: string;
  @ApiPropertyOptional({ type: [FaultAnswer], minItems: 1, maxItems: 100, description: 'Each place that is wrong.' })
  errors?: FaultAnswer[];
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 300_000,
    description: 'How many places are wrong beside those in errors.',
    example: 3,
  })
  moreFaults?: number;
}
