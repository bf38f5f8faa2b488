import { Controller, Get, Param, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs, type AgencyActor } from '#access';
import { ReadCodeLists } from '#referrals';
import type { Request, Response } from 'express';
import { Answers } from '../contract/answers.decorator.ts';
import { answerUnlessSeen, IF_NONE_MATCH, PREFER } from '../referrals/answer-with.ts';
import { Understood } from '../referrals/understood.guard.ts';
import { CodeListAnswer, CodeListsAnswer, LIST_NAME } from './answers.ts';

type AgencyRequest = Request & { readonly actor: AgencyActor };

const { example, description, ...NAME_SCHEMA } = LIST_NAME;

/** The codes of what agencies send, with their words, so that a program need not copy them out of the contract. */
@ApiTags('code lists')
@ApiBearerAuth()
@UseGuards(Understood)
@Controller('api/v1/code-lists')
export class CodeListsController {
  constructor(private readonly codeLists: ReadCodeLists) {}

  @Get()
  @Needs('code-lists:read')
  @ApiOperation({
    operationId: 'listCodeLists',
    summary: 'List the code lists and their versions',
    description: 'A version says whether the list has changed since you read it.',
  })
  @ApiHeader(IF_NONE_MATCH)
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: CodeListsAnswer,
    description: 'The code lists.',
    headers: ['ETag', 'Preference-Applied'],
  })
  @Answers({ status: 304, description: 'Nothing has changed since that ETag.', headers: ['ETag'] })
  async list(@Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const lists = await this.codeLists.all(request.actor.id);
    answerUnlessSeen(request, response, { data: lists.map(({ name, version, title }) => ({ name, version, title })) });
  }

  @Get(':name')
  @Needs('code-lists:read')
  @ApiOperation({
    operationId: 'readCodeList',
    summary: 'Read a code list with its words',
    description: 'Send the ETag of the last answer as If-None-Match: while nothing has changed the answer is 304.',
  })
  @ApiParam({ name: 'name', description, example, schema: NAME_SCHEMA })
  @ApiHeader(IF_NONE_MATCH)
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: CodeListAnswer,
    description: 'The codes with their words.',
    headers: ['ETag', 'Preference-Applied'],
  })
  @Answers({ status: 304, description: 'Nothing has changed since that ETag.', headers: ['ETag'] })
  async read(@Param('name') name: string, @Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    answerUnlessSeen(request, response, await this.codeLists.one(name, request.actor.id));
  }
}
