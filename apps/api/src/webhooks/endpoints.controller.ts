import { Controller, Delete, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiSettings } from '#platform';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs, type AgencyActor } from '#access';
import {
  AddEndpoint,
  AddWebhookEndpointBody,
  ReadEndpoints,
  readEndpoint,
  RemoveEndpoint,
  RotateSecret,
  SwitchOnEndpoint,
  type EndpointWithSecret,
} from '#partners';
import type { Request, Response } from 'express';
import { ownAddress } from '../paging/own-address.ts';
import { ENDPOINT_EXAMPLES } from '../contract/examples.ts';
import { Answers } from '../contract/answers.decorator.ts';
import { InvalidAs } from '../problems/invalid-as.ts';
import { answerWith, PREFER } from '../referrals/answer-with.ts';
import { readJson } from '../referrals/read-json.ts';
import { Understood } from '../referrals/understood.guard.ts';
import { ENDPOINT_ID, EndpointAnswer, EndpointsAnswer, EndpointWithSecretAnswer } from './answers.ts';
import { shownEndpoint } from './shown.ts';

type AgencyRequest = Request & { readonly actor: AgencyActor };

const { example, description, ...ID_SCHEMA } = ENDPOINT_ID;
export const ENDPOINT = { name: 'endpoint', description, example, schema: ID_SCHEMA };
const PATH = '/api/v1/webhook-endpoints';

/** Where an agency's programs are told of what happened, instead of asking for it. */
@ApiTags('webhooks')
@ApiBearerAuth()
@UseGuards(Understood)
@Controller('api/v1/webhook-endpoints')
export class EndpointsController {
  constructor(
    private readonly endpoints: ReadEndpoints,
    private readonly addEndpoint: AddEndpoint,
    private readonly removeEndpoint: RemoveEndpoint,
    private readonly rotateSecret: RotateSecret,
    private readonly switchOn: SwitchOnEndpoint,
    private readonly settings: ApiSettings,
  ) {}

  @Get()
  @Needs('webhooks:manage')
  @ApiOperation({ operationId: 'listWebhookEndpoints', summary: 'List the endpoints of your agency' })
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: EndpointsAnswer,
    description: 'The endpoints of your agency.',
    headers: ['Preference-Applied'],
  })
  async list(@Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const endpoints = await this.endpoints.all(request.actor);
    answerWith(request, response, 200, { data: endpoints.map(shownEndpoint) });
  }

  @Post()
  @Needs('webhooks:manage')
  @InvalidAs('invalid-webhook-endpoint')
  @ApiOperation({
    operationId: 'addWebhookEndpoint',
    summary: 'Say where your program is told of what happened',
    description:
      'From now on the hub posts each event there, signed as Standard Webhooks says, within seconds. Answer 2xx within ten seconds. Until then it is sent again under the same webhook-id, for 72 hours. The secret is in this answer only.',
  })
  @ApiHeader(PREFER)
  @ApiBody({ type: AddWebhookEndpointBody, required: true, examples: ENDPOINT_EXAMPLES })
  @Answers({
    status: 201,
    type: EndpointWithSecretAnswer,
    description: 'Added. Ask for a test of it.',
    headers: ['Location', 'Preference-Applied'],
  })
  async add(@Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const added = await this.addEndpoint.execute(readEndpoint(readJson(request.body)), request.actor);
    response.set('Location', ownAddress(this.settings, `${PATH}/${added.endpoint.id}`));
    answerWith(request, response, 201, withSecret(added));
  }

  @Get(':endpoint')
  @Needs('webhooks:manage')
  @ApiOperation({ operationId: 'readWebhookEndpoint', summary: 'Read how an endpoint of your agency stands' })
  @ApiParam(ENDPOINT)
  @ApiHeader(PREFER)
  @Answers({ status: 200, type: EndpointAnswer, description: 'How it stands.', headers: ['Preference-Applied'] })
  async read(@Param('endpoint') id: string, @Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    answerWith(request, response, 200, shownEndpoint(await this.endpoints.one(id, request.actor)));
  }

  @Delete(':endpoint')
  @Needs('webhooks:manage')
  @ApiOperation({
    operationId: 'removeWebhookEndpoint',
    summary: 'Remove an endpoint of your agency',
    description: 'Nothing more is sent to it, also of what waits. Ask for events at /api/v1/events instead.',
  })
  @ApiParam(ENDPOINT)
  @Answers({ status: 204, description: 'Removed.', headers: [] })
  async remove(@Param('endpoint') id: string, @Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    await this.removeEndpoint.execute(id, request.actor);
    response.status(204).end();
  }

  @Post(':endpoint/secret')
  @Needs('webhooks:manage')
  @ApiOperation({
    operationId: 'rotateWebhookSecret',
    summary: 'Get the next secret of an endpoint',
    description:
      'For 24 hours the secret of before signs as well: each call has both signatures, and your receiver takes either. Rotate twice to end a secret that others may have at once.',
  })
  @ApiParam(ENDPOINT)
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: EndpointWithSecretAnswer,
    description: 'The next secret, which signs from now on.',
    headers: ['Preference-Applied'],
  })
  async rotate(@Param('endpoint') id: string, @Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    answerWith(request, response, 200, withSecret(await this.rotateSecret.execute(id, request.actor)));
  }

  @Post(':endpoint/switch-on')
  @Needs('webhooks:manage')
  @ApiOperation({
    operationId: 'switchOnWebhookEndpoint',
    summary: 'Switch an endpoint on again',
    description:
      'What waits is sent at once, and what happened while it was off follows, for as long as events are kept (90 days).',
  })
  @ApiParam(ENDPOINT)
  @ApiHeader(PREFER)
  @Answers({ status: 200, type: EndpointAnswer, description: 'It is on.', headers: ['Preference-Applied'] })
  async on(@Param('endpoint') id: string, @Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    answerWith(request, response, 200, shownEndpoint(await this.switchOn.execute(id, request.actor)));
  }
}

const withSecret = ({ endpoint, secret }: EndpointWithSecret) => ({ ...shownEndpoint(endpoint), secret });
