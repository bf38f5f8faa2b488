import { Controller, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs, type AgencyActor } from '#access';
import { AnswerReader, AnswerRequest, AnswerRequestBody, ReadOwnRequests } from '#partners';
import type { Request, Response } from 'express';
import { ANSWER_EXAMPLES } from '../contract/examples.ts';
import { Answers } from '../contract/answers.decorator.ts';
import { InvalidAs } from '../problems/invalid-as.ts';
import { answerUnlessSeen, answerWith, IF_NONE_MATCH, PREFER } from '../referrals/answer-with.ts';
import { entityTag } from '../referrals/entity-tag.ts';
import { readJson } from '../referrals/read-json.ts';
import { Understood } from '../referrals/understood.guard.ts';
import { InformationRequestAnswer, InformationRequestsAnswer, REQUEST_ID } from './answers.ts';
import { ownRequest } from './own-request.ts';

type AgencyRequest = Request & { readonly actor: AgencyActor };

const { example, description, ...ID_SCHEMA } = REQUEST_ID;
const ID = { name: 'id', description, example, schema: ID_SCHEMA };

/** What the hub asks an agency, and what the agency answers: its own and no other's. */
@ApiTags('information requests')
@ApiBearerAuth()
@UseGuards(Understood)
@Controller('api/v1/information-requests')
export class InformationRequestsController {
  constructor(
    private readonly ownRequests: ReadOwnRequests,
    private readonly reader: AnswerReader,
    private readonly answerRequest: AnswerRequest,
  ) {}

  @Get()
  @Needs('own-requests:read')
  @ApiOperation({
    operationId: 'listInformationRequests',
    summary: 'List what the hub asks your agency',
    description: 'Those that wait for an answer, and those that were answered or withdrawn in the last 30 days.',
  })
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: InformationRequestsAnswer,
    description: 'The requests to your agency.',
    headers: ['Preference-Applied'],
  })
  async list(@Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const { open, settled } = await this.ownRequests.list(request.actor);
    answerWith(request, response, 200, { requests: [...open, ...settled].map(ownRequest) });
  }

  @Get(':id')
  @Needs('request:read')
  @ApiOperation({
    operationId: 'readInformationRequest',
    summary: 'Read one request to your agency',
    description: 'Send the ETag of the last answer as If-None-Match: while nothing has changed the answer is 304.',
  })
  @ApiParam(ID)
  @ApiHeader(IF_NONE_MATCH)
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: InformationRequestAnswer,
    description: 'The request with your answers.',
    headers: ['ETag', 'Preference-Applied'],
  })
  @Answers({ status: 304, description: 'Nothing has changed since that ETag.', headers: ['ETag'] })
  async read(@Param('id') id: string, @Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    answerUnlessSeen(request, response, await this.own(id, request.actor));
  }

  @Post(':id/answers')
  @Needs('request:answer')
  @InvalidAs('invalid-answer')
  @ApiOperation({
    operationId: 'answerInformationRequest',
    summary: 'Answer a request, or add to an answer',
    description:
      'An answer is taken however the request stands. The answer that the hub had last, sent again as it is, is stored once: after a fault of the network send it again.',
  })
  @ApiParam(ID)
  @ApiHeader(PREFER)
  @ApiBody({ type: AnswerRequestBody, required: true, examples: ANSWER_EXAMPLES })
  @Answers({
    status: 201,
    type: InformationRequestAnswer,
    description: 'Stored. The request as it stands now.',
    headers: ['ETag', 'Preference-Applied'],
  })
  async answer(@Param('id') id: string, @Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const answer = await this.reader.read(readJson(request.body));
    await this.answerRequest.executeByApi({ request: id, ...answer, by: request.actor });
    const shown = await this.own(id, request.actor);
    response.set('ETag', entityTag(shown));
    answerWith(request, response, 201, shown);
  }

  private async own(id: string, by: AgencyActor): Promise<InformationRequestAnswer> {
    return ownRequest((await this.ownRequests.one(id, by)).request);
  }
}
