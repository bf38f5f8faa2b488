import { Controller, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiSettings } from '#platform';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Needs, type AgencyActor } from '#access';
import { ReadDeliveries, ReplayDelivery, TestEndpoint } from '#partners';
import type { Request, Response } from 'express';
import { ownAddress } from '../paging/own-address.ts';
import { Answers } from '../contract/answers.decorator.ts';
import { Cursors } from '../paging/cursors.ts';
import { AFTER, LIMIT, limitOf, queryOf, TakesQuery } from '../paging/query.ts';
import { answerWith, PREFER } from '../referrals/answer-with.ts';
import { Understood } from '../referrals/understood.guard.ts';
import { DeliveriesAnswer, DELIVERY_ID, DeliveryAnswer } from './answers.ts';
import { ENDPOINT } from './endpoints.controller.ts';
import { shownDelivery } from './shown.ts';

type AgencyRequest = Request & { readonly actor: AgencyActor };

const { example, description, ...DELIVERY_SCHEMA } = DELIVERY_ID;
const DELIVERY = { name: 'delivery', description, example, schema: DELIVERY_SCHEMA };

/** What was sent to an endpoint, and sending it again. */
@ApiTags('webhooks')
@ApiBearerAuth()
@UseGuards(Understood)
@Controller('api/v1/webhook-endpoints/:endpoint')
export class DeliveriesController {
  constructor(
    private readonly readDeliveries: ReadDeliveries,
    private readonly testEndpoint: TestEndpoint,
    private readonly replayDelivery: ReplayDelivery,
    private readonly cursors: Cursors,
    private readonly settings: ApiSettings,
  ) {}

  @Post('test')
  @Needs('webhooks:manage')
  @ApiOperation({
    operationId: 'testWebhookEndpoint',
    summary: 'Have a test sent to an endpoint',
    description:
      'A call of the type webhook.test, signed as every other, that is about nothing. The log says how it went. While one waits, asking again sends no other.',
  })
  @ApiParam(ENDPOINT)
  @ApiHeader(PREFER)
  @Answers({
    status: 202,
    type: DeliveryAnswer,
    description: 'It is sent within seconds.',
    headers: ['Preference-Applied'],
  })
  async test(@Param('endpoint') id: string, @Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const delivery = await this.testEndpoint.execute(id, request.actor);
    answerWith(request, response, 202, shownDelivery(delivery));
  }

  @Get('deliveries')
  @Needs('webhooks:manage')
  @TakesQuery(['limit', 'after'])
  @ApiOperation({
    operationId: 'listWebhookDeliveries',
    summary: 'Read the log of an endpoint',
    description: 'What waits, and what was sent in the last 30 days, with each call.',
  })
  @ApiParam(ENDPOINT)
  @ApiQuery(LIMIT)
  @ApiQuery(AFTER)
  @ApiHeader(PREFER)
  @Answers({ status: 200, type: DeliveriesAnswer, description: 'The log.', headers: ['Link', 'Preference-Applied'] })
  async list(
    @Param('endpoint') endpointId: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    const query = queryOf(request);
    const limit = limitOf(query);
    const list = `/api/v1/webhook-endpoints/${endpointId}/deliveries`;
    const of = { list, agencyId: request.actor.id };
    const cursor = query.get('after');
    const [madeAt, id] = cursor === null ? [] : this.cursors.read(of, cursor);
    const after = madeAt === undefined || id === undefined ? null : { madeAt, id };
    const page = { endpointId, after, limit, by: request.actor };
    const { deliveries, hasMore } = await this.readDeliveries.execute(page);
    const last = deliveries.at(-1);
    const next = hasMore ? this.cursors.write(of, [last!.madeAt.toString(), last!.id]) : null;
    if (next !== null) {
      const address = new URLSearchParams({ limit: String(limit), after: next });
      response.append('Link', `<${ownAddress(this.settings, list)}?${address.toString()}>; rel="next"`);
    }
    answerWith(request, response, 200, {
      data: deliveries.map(shownDelivery),
      page: { ...(next === null ? {} : { next }), hasMore },
    });
  }

  @Post('deliveries/:delivery/replay')
  @Needs('webhooks:manage')
  @ApiOperation({
    operationId: 'replayWebhookDelivery',
    summary: 'Have a delivery sent again',
    description:
      'Under the same webhook-id, so that a receiver that has dealt with it knows it again. For another 72 hours, if need be.',
  })
  @ApiParam(ENDPOINT)
  @ApiParam(DELIVERY)
  @ApiHeader(PREFER)
  @Answers({
    status: 202,
    type: DeliveryAnswer,
    description: 'It is sent within seconds.',
    headers: ['Preference-Applied'],
  })
  async replay(
    @Param('endpoint') id: string,
    @Param('delivery') deliveryId: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    const delivery = await this.replayDelivery.execute(id, deliveryId, request.actor);
    answerWith(request, response, 202, shownDelivery(delivery));
  }
}
