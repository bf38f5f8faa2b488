import { ANSWER_KINDS, ANSWER_WORDS, HANDLING_WORDS, HANDLINGS, type AnswerKind, type Handling } from '#domain';
import { LocalDate, OneOf, Text } from '#referrals';

const optional = true;

/** The body of `POST /api/v1/information-requests/{id}/answers`. Unknown properties are refused. */
export class AnswerRequestBody {
  @OneOf(ANSWER_KINDS, { description: 'Whether anything is known.', example: 'known', words: ANSWER_WORDS })
  readonly kind!: AnswerKind;
  @Text({
    max: 10_000,
    optional,
    description: "What is known, or why it is refused. Required when kind is 'known' or 'refused'.",
    example: 'Two reports in 2025, both of shouting at night. No child was hurt.',
  })
  readonly words?: string;
  @Text({ max: 200, optional, description: 'Who knows the children best at your agency.', example: 'PC Amos Tully' })
  readonly leadWorker?: string;
  @LocalDate({
    optional,
    description: 'The day of your last contact with the children, from 2000-01-01 to today.',
    example: '2025-10-02',
  })
  readonly lastContactOn?: string;
  @OneOf(HANDLINGS, {
    description: 'How far your answer may go.',
    example: 'receiving_service',
    words: HANDLING_WORDS,
  })
  readonly handling!: Handling;
}
