import { Module } from '@nestjs/common';
import { AnswerChallenge } from './answer-challenge.ts';
import { MakeChallenge } from './make-challenge.ts';
import { ReadChallenges } from './read-challenges.ts';
import { ReplyToAnswer } from './reply-to-answer.ts';

const USE_CASES = [MakeChallenge, AnswerChallenge, ReplyToAnswer, ReadChallenges];

/** Challenges to pace or quality of one referral. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class ChallengesModule {}
