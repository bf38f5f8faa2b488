import { Controller, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs, type AgencyActor } from '#access';
import {
  AddInformationBody,
  AddToReferral,
  readInformation,
  readWithdrawal,
  WithdrawReferralBody,
  type Addition,
} from '#partners';
import type { Request, Response } from 'express';
import { Answers } from '../contract/answers.decorator.ts';
import { INFORMATION_EXAMPLES, WITHDRAWAL_EXAMPLES } from '../contract/examples.ts';
import { InvalidAs } from '../problems/invalid-as.ts';
import { REFERENCE } from '../referrals/answers.ts';
import { answerWith, PREFER } from '../referrals/answer-with.ts';
import { IDEMPOTENCY_KEY, idempotencyKeyOf } from '../referrals/idempotency-key.ts';
import { readJson } from '../referrals/read-json.ts';
import { Understood } from '../referrals/understood.guard.ts';
import { AdditionAnswer } from './answers.ts';

type AgencyRequest = Request & { readonly actor: AgencyActor };

const { example, description, ...REFERENCE_SCHEMA } = REFERENCE;
const OWN_REFERENCE = { name: 'reference', description, example, schema: REFERENCE_SCHEMA };
const HEADERS = ['Idempotency-Replayed', 'Preference-Applied'];

/** What an agency adds to a referral of its own, at any time, also after the decision. */
@ApiTags('referrals')
@ApiBearerAuth()
@UseGuards(Understood)
@Controller('api/v1/referrals/:reference')
export class AdditionsController {
  constructor(private readonly addToReferral: AddToReferral) {}

  @Post('information')
  @Needs('referral:add')
  @InvalidAs('invalid-addition')
  @ApiOperation({
    operationId: 'addInformation',
    summary: 'Add information to a referral of your own, or put it right',
    description:
      'At any time, also after the decision: then the person who decided is told. What you submitted stays as it was, and the correction stands beside it.',
  })
  @ApiParam(OWN_REFERENCE)
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiHeader(PREFER)
  @ApiBody({ type: AddInformationBody, required: true, examples: INFORMATION_EXAMPLES })
  @Answers({
    status: 201,
    type: AdditionAnswer,
    description: 'Stored. The same answer again, with Idempotency-Replayed: true, for the same key and body.',
    headers: HEADERS,
  })
  async information(
    @Param('reference') reference: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.add(reference, request, response, readInformation);
  }

  @Post('withdrawal')
  @Needs('referral:add')
  @InvalidAs('invalid-addition')
  @ApiOperation({
    operationId: 'withdrawReferral',
    summary: 'Say that your agency withdraws a referral of its own',
    description:
      'It closes nothing. A person of the hub reads why, and decides: a concern that was told does not vanish.',
  })
  @ApiParam(OWN_REFERENCE)
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiHeader(PREFER)
  @ApiBody({ type: WithdrawReferralBody, required: true, examples: WITHDRAWAL_EXAMPLES })
  @Answers({
    status: 201,
    type: AdditionAnswer,
    description: 'Stored. The same answer again, with Idempotency-Replayed: true, for the same key and body.',
    headers: HEADERS,
  })
  async withdrawal(
    @Param('reference') reference: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.add(reference, request, response, readWithdrawal);
  }

  private async add(
    written: string,
    request: AgencyRequest,
    response: Response,
    read: (sent: unknown) => Addition,
  ): Promise<void> {
    const idempotencyKey = idempotencyKeyOf(request);
    const addition = read(readJson(request.body));
    const { added, replayed } = await this.addToReferral.execute({
      ...addition,
      ...{ reference: written, idempotencyKey, by: request.actor },
    });
    if (replayed) response.set('Idempotency-Replayed', 'true');
    const { id, reference, addedAt } = added;
    answerWith(request, response, 201, { ...shown(addition, { id, reference }), addedAt: addedAt.toString() });
  }
}

function shown({ kind, words, saidBy, correction }: Addition, head: { id: string; reference: string }) {
  return { ...head, kind, ...(words === '' ? {} : { words }), saidBy, ...correction };
}
