import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Needs, type AgencyActor } from '#access';
import { ReadOwnReferral, ReferralReader, SubmitReferral, SubmitReferralBody } from '#referrals';
import type { Request, Response } from 'express';
import { badIdempotencyKey } from '../problems/api-problem.ts';
import { OwnReferralAnswer, ProblemAnswer, SubmissionAnswerBody } from './answers.ts';
import { readJson } from './read-json.ts';

type AgencyRequest = Request & { readonly actor: AgencyActor };

const problem = (status: number, description: string) =>
  ApiResponse({ status, description, content: { 'application/problem+json': { schema: PROBLEM } } });
const PROBLEM = { $ref: '#/components/schemas/ProblemAnswer' };
export { ProblemAnswer };

@ApiTags('referrals')
@ApiBearerAuth()
@Controller('api/v1/referrals')
export class ReferralsController {
  constructor(
    private readonly reader: ReferralReader,
    private readonly submitReferral: SubmitReferral,
    private readonly readOwnReferral: ReadOwnReferral,
  ) {}

  @Post()
  @Needs('referral:submit')
  @ApiOperation({ summary: 'Refer one or more children. Ours from the moment that you get 201.' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A new one for each referral, the same one for each retry: 1 to 255 visible ASCII characters.',
  })
  @ApiBody({ type: SubmitReferralBody })
  @ApiCreatedResponse({
    type: SubmissionAnswerBody,
    description: 'Stored. The same answer again, with Idempotency-Replayed: true, for the same key and body.',
    headers: {
      Location: { schema: { type: 'string' }, description: 'Where its status is' },
      ETag: { schema: { type: 'string' }, description: 'Its version' },
      'Idempotency-Replayed': { schema: { type: 'string' }, description: 'true when this is the answer to a retry' },
    },
  })
  @problem(400, 'The body is not JSON, or the Idempotency-Key is missing or unfit')
  @problem(401, 'The credential is missing, unknown or revoked')
  @problem(409, 'The first request with this key is still running')
  @problem(413, 'The body is larger than 256 kB')
  @problem(415, 'The body is not application/json in UTF-8')
  @problem(422, 'Fields are wrong, each with its pointer; or the key was used with another body')
  @problem(503, 'We cannot store it at this moment; Retry-After says when to try again')
  async submit(@Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const idempotencyKey = idempotencyKeyOf(request);
    const referral = await this.reader.read(readJson(request.body));
    const { answer, replayed } = await this.submitReferral.execute({
      agencyId: request.actor.id,
      idempotencyKey,
      referral,
    });
    if (replayed) response.set('Idempotency-Replayed', 'true');
    response
      .status(201)
      .set({ Location: `/api/v1/referrals/${answer.reference}`, ETag: etag(1) })
      .json(answer);
  }

  @Get(':reference')
  @HttpCode(200)
  @Needs('referral:read-own')
  @ApiOperation({ summary: 'Where a referral of your own stands.' })
  @ApiParam({ name: 'reference', example: 'MASH-7K3F-9QXT' })
  @ApiOkResponse({ type: OwnReferralAnswer })
  @problem(401, 'The credential is missing, unknown or revoked')
  @problem(404, 'There is no such referral of yours')
  @problem(503, 'We cannot answer at this moment')
  async status(
    @Param('reference') reference: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { version, ...own } = await this.readOwnReferral.execute({ agencyId: request.actor.id, reference });
    response.set('ETag', etag(version)).json(own);
  }
}

const etag = (version: number) => `"v${version}"`;

function idempotencyKeyOf(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key === undefined) throw badIdempotencyKey(true);
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw badIdempotencyKey(false);
  return key;
}
