import { Controller, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiSettings } from '#platform';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Needs, type AgencyActor } from '#access';
import {
  CheckReferral,
  ListOwnReferrals,
  ReadOwnReferral,
  ReferralReader,
  SubmitReferral,
  SubmitReferralBody,
} from '#referrals';
import type { Request, Response } from 'express';
import { ownAddress } from '../paging/own-address.ts';
import { REFERRAL_EXAMPLES } from '../contract/examples.ts';
import { Answers } from '../contract/answers.decorator.ts';
import { Cursors } from '../paging/cursors.ts';
import { AFTER, LIMIT, limitOf, queryOf, TakesQuery } from '../paging/query.ts';
import { problem } from '../problems/api-problem.ts';
import {
  CheckAnswerBody,
  OwnReferralAnswer,
  REFERENCE,
  ReferralsAnswer,
  SENDER_REFERENCE,
  SubmissionAnswerBody,
} from './answers.ts';
import { answerUnlessSeen, answerWith, IF_NONE_MATCH, PREFER, PREFER_HANDLING } from './answer-with.ts';
import { entityTag } from './entity-tag.ts';
import { IDEMPOTENCY_KEY, idempotencyKeyOf } from './idempotency-key.ts';
import { handlingOf } from './preferences.ts';
import { readJson } from './read-json.ts';
import { Understood } from './understood.guard.ts';

type AgencyRequest = Request & { readonly actor: AgencyActor };

const { example: _example, description, ...REFERENCE_SCHEMA } = REFERENCE;
const { example: senderExample, description: senderDescription, ...SENDER_SCHEMA } = SENDER_REFERENCE;
const LIST = '/api/v1/referrals';

@ApiTags('referrals')
@ApiBearerAuth()
@UseGuards(Understood)
@Controller('api/v1/referrals')
export class ReferralsController {
  constructor(
    private readonly reader: ReferralReader,
    private readonly submitReferral: SubmitReferral,
    private readonly checkReferral: CheckReferral,
    private readonly readOwnReferral: ReadOwnReferral,
    private readonly listOwnReferrals: ListOwnReferrals,
    private readonly cursors: Cursors,
    private readonly settings: ApiSettings,
  ) {}

  @Post()
  @Needs('referral:submit')
  @ApiOperation({
    operationId: 'submitReferral',
    summary: 'Refer one or more children',
    description: 'The referral is ours from the moment that you get 201.',
  })
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiHeader(PREFER_HANDLING)
  @ApiBody({ type: SubmitReferralBody, required: true, examples: REFERRAL_EXAMPLES })
  @Answers({
    status: 201,
    type: SubmissionAnswerBody,
    description: 'Stored. The same answer again, with Idempotency-Replayed: true, for the same key and body.',
    headers: ['Location', 'ETag', 'Idempotency-Replayed', 'Preference-Applied'],
  })
  async submit(@Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const idempotencyKey = idempotencyKeyOf(request);
    const sent = readJson(request.body);
    const handling = handlingOf(request.get('Prefer'));
    const { referral, setApart } =
      handling === 'lenient'
        ? await this.reader.readLeniently(sent)
        : { referral: await this.reader.read(sent), setApart: [] };
    const { answer, replayed } = await this.submitReferral.execute({
      agencyId: request.actor.id,
      idempotencyKey,
      referral,
      setApart,
    });
    if (replayed) response.set('Idempotency-Replayed', 'true');
    const { advice: _advice, warnings: _warnings, ...shown } = answer;
    response.set({ Location: ownAddress(this.settings, `${LIST}/${answer.reference}`), ETag: entityTag(shown) });
    answerWith(request, response, 201, answer, handling);
  }

  @Post('validate')
  @Needs('referral:submit')
  @ApiOperation({
    operationId: 'checkReferral',
    summary: 'Try a referral without sending it',
    description: 'Answers the faults that a submission would answer, and stores nothing of the referral.',
  })
  @ApiHeader(PREFER_HANDLING)
  @ApiBody({ type: SubmitReferralBody, required: true, examples: REFERRAL_EXAMPLES })
  @Answers({
    status: 200,
    type: CheckAnswerBody,
    description: 'A submission of this body would be stored.',
    headers: ['Preference-Applied'],
  })
  async check(@Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const sent = readJson(request.body);
    const handling = handlingOf(request.get('Prefer'));
    const { id: agencyId } = request.actor;
    const answer = await this.checkReferral.execute({ agencyId, sent, isLenient: handling === 'lenient' });
    answerWith(request, response, 200, answer, handling);
  }

  @Get()
  @HttpCode(200)
  @Needs('referral:read-own')
  @TakesQuery(['limit', 'after', 'senderReference'])
  @ApiOperation({
    operationId: 'listReferrals',
    summary: 'List the referrals of your agency',
    description:
      'The latest at the top, a page at a time. Find one by your own case number with senderReference. A referral that comes while you read stands before the first page, and is not on the next ones.',
  })
  @ApiQuery(LIMIT)
  @ApiQuery(AFTER)
  @ApiQuery({
    name: 'senderReference',
    required: false,
    description: senderDescription,
    example: senderExample,
    schema: SENDER_SCHEMA,
  })
  @ApiHeader(IF_NONE_MATCH)
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: ReferralsAnswer,
    description: 'A page of your referrals.',
    headers: ['ETag', 'Link', 'Preference-Applied'],
  })
  @Answers({ status: 304, description: 'Nothing has changed since that ETag.', headers: ['ETag', 'Link'] })
  async list(@Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const query = queryOf(request);
    const limit = limitOf(query);
    const senderReference = query.get('senderReference');
    if (senderReference !== null && !/^.{1,64}$/su.test(senderReference))
      throw problem('invalid-query-parameter', { detail: 'senderReference must have 1 to 64 characters.' });
    const of = { list: `${LIST} ${senderReference ?? ''}`, agencyId: request.actor.id };
    const after = query.get('after');
    const [receivedAt, reference] = after === null ? [] : this.cursors.read(of, after);
    const { referrals, hasMore } = await this.listOwnReferrals.execute({
      agencyId: request.actor.id,
      senderReference,
      after: receivedAt === undefined ? null : { receivedAt, reference: reference! },
      limit,
    });
    const last = referrals.at(-1);
    const next = hasMore && last ? this.cursors.write(of, [last.receivedAt, last.reference]) : undefined;
    if (next !== undefined) {
      const filter = senderReference === null ? {} : { senderReference };
      const address = new URLSearchParams({ limit: String(limit), ...filter, after: next });
      response.append('Link', `<${ownAddress(this.settings, LIST)}?${address.toString()}>; rel="next"`);
    }
    const page = { ...(next === undefined ? {} : { next }), hasMore };
    answerUnlessSeen(request, response, { data: referrals, page });
  }

  @Get(':reference')
  @HttpCode(200)
  @Needs('referral:read-own')
  @ApiOperation({
    operationId: 'readReferral',
    summary: 'Ask where a referral of your own stands',
    description: 'Send the ETag of the last answer as If-None-Match: while nothing has changed the answer is 304.',
  })
  @ApiParam({ name: 'reference', description, example: REFERENCE.example, schema: REFERENCE_SCHEMA })
  @ApiHeader(IF_NONE_MATCH)
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: OwnReferralAnswer,
    description: 'How it stands.',
    headers: ['ETag', 'Preference-Applied'],
  })
  @Answers({ status: 304, description: 'Nothing has changed since that ETag.', headers: ['ETag'] })
  async status(
    @Param('reference') reference: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    const own = await this.readOwnReferral.execute({ agencyId: request.actor.id, reference });
    answerUnlessSeen(request, response, own);
  }
}
