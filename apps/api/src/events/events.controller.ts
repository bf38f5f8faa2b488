import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import { ApiSettings } from '#platform';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Needs, type AgencyActor } from '#access';
import { ReadEvents, toldEvent } from '#partners';
import type { Request, Response } from 'express';
import { ownAddress } from '../paging/own-address.ts';
import { Answers } from '../contract/answers.decorator.ts';
import { Cursors } from '../paging/cursors.ts';
import { AFTER, LIMIT, limitOf, queryOf, TakesQuery } from '../paging/query.ts';
import { answerUnlessSeen, IF_NONE_MATCH, PREFER } from '../referrals/answer-with.ts';
import { Understood } from '../referrals/understood.guard.ts';
import { EventsAnswer } from './answers.ts';

type AgencyRequest = Request & { readonly actor: AgencyActor };

const LIST = '/api/v1/events';

/** What happened to an agency's own referrals, for a program that asks instead of being told. */
@ApiTags('events')
@ApiBearerAuth()
@UseGuards(Understood)
@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly readEvents: ReadEvents,
    private readonly cursors: Cursors,
    private readonly settings: ApiSettings,
  ) {}

  @Get()
  @Needs('events:read')
  @TakesQuery(['limit', 'after'])
  @ApiOperation({
    operationId: 'listEvents',
    summary: 'Ask what happened since you asked last',
    description:
      'Keep page.next of each answer, and send it as after the next time: each event then comes once, and none is missed for as long as you ask within 90 days, after which events are removed. Without after the list begins with the oldest that is kept. An event says that there is something to read, and not what. Events of information requests need the scope information:answer.',
  })
  @ApiQuery(LIMIT)
  @ApiQuery(AFTER)
  @ApiHeader(IF_NONE_MATCH)
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: EventsAnswer,
    description: 'What happened.',
    headers: ['ETag', 'Link', 'Preference-Applied'],
  })
  @Answers({ status: 304, description: 'Nothing has changed since that ETag.', headers: ['ETag', 'Link'] })
  async list(@Req() request: AgencyRequest, @Res() response: Response): Promise<void> {
    const query = queryOf(request);
    const limit = limitOf(query);
    const of = { list: LIST, agencyId: request.actor.id };
    const cursor = query.get('after');
    const after = cursor === null ? 0 : Number(this.cursors.read(of, cursor)[0]);
    const { events, hasMore } = await this.readEvents.execute({ after, limit, by: request.actor });
    const last = events.at(-1);
    const next = last === undefined ? cursor : this.cursors.write(of, [String(last.position)]);
    if (next !== null && hasMore) {
      const address = new URLSearchParams({ limit: String(limit), after: next });
      response.append('Link', `<${ownAddress(this.settings, LIST)}?${address.toString()}>; rel="next"`);
    }
    answerUnlessSeen(request, response, {
      data: events.map(toldEvent),
      page: { ...(next === null ? {} : { next }), hasMore },
    });
  }
}
