import { Module } from '@nestjs/common';
import { AddToReferral } from './add-to-referral.ts';
import { AgenciesToAsk } from './agencies-to-ask.ts';
import { AnswerReader } from './answer-reader.ts';
import { AnswerRequest } from './answer-request.ts';
import { AskAgency } from './ask-agency.ts';
import { ChaseRequest } from './chase-request.ts';
import { ReadAdditions } from './read-additions.ts';
import { ReadEvents } from './read-events.ts';
import { ReadLateAddition } from './read-late-addition.ts';
import { ReadLateAnswer } from './read-late-answer.ts';
import { ReadOwnAdditions } from './read-own-additions.ts';
import { ReadOwnRequests } from './read-own-requests.ts';
import { ReadRequests } from './read-requests.ts';
import { WebhooksForAdministrators } from './webhooks/read-for-administrators.ts';
import { WithdrawRequest } from './withdraw-request.ts';

const USE_CASES = [
  AgenciesToAsk,
  AskAgency,
  ChaseRequest,
  WithdrawRequest,
  AnswerReader,
  AnswerRequest,
  ReadLateAnswer,
  ReadRequests,
  ReadOwnRequests,
  ReadOwnAdditions,
  AddToReferral,
  ReadAdditions,
  ReadLateAddition,
  ReadEvents,
  WebhooksForAdministrators,
];

/** What the hub asks the agencies about children, what they answer, and what they add to referrals of their own. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class PartnersModule {}
