import { BadRequestException, Body, Controller, Get, HttpCode, Param, Post, ValidationPipe } from '@nestjs/common';
import { ClockTooFar } from './faults.ts';
import type { FictionalHub, HubState } from './fictional-hub.ts';
import { HubsAtWork } from './hubs-at-work.ts';
import { ClockBody, DecisionBody, QuestionBody } from './sandbox.forms.ts';

const checked = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });

/** What the developers of a sandbox do with it beside its API: they are the clock and the people of its hub. */
@Controller('s/:id/sandbox')
export class ClockAndPeopleController {
  constructor(private readonly hubs: HubsAtWork) {}

  @Get()
  state(@Param('id') id: string): Promise<HubState> {
    return this.hubs.with(id, (hub) => hub.state());
  }

  @Post('clock')
  @HttpCode(200)
  async moveOn(@Param('id') id: string, @Body(checked) { forward }: ClockBody): Promise<{ now: string }> {
    try {
      const now = await this.hubs.with(id, (hub) => hub.moveOn(Temporal.Duration.from(forward)));
      return { now: now.toString() };
    } catch (error) {
      if (error instanceof ClockTooFar)
        throw new BadRequestException('The clock can be 400 days ahead at the most. Ask the hub for another sandbox.');
      throw error;
    }
  }

  @Post('referrals/:reference/taken')
  @HttpCode(200)
  take(@Param('id') id: string, @Param('reference') reference: string): Promise<HubState> {
    return this.done(id, (hub) => hub.people.take(reference));
  }

  @Post('referrals/:reference/decision')
  @HttpCode(200)
  decide(
    @Param('id') id: string,
    @Param('reference') reference: string,
    @Body(checked) { outcome }: DecisionBody,
  ): Promise<HubState> {
    return this.done(id, (hub) => hub.people.decide(reference, outcome));
  }

  @Post('referrals/:reference/questions')
  @HttpCode(200)
  ask(
    @Param('id') id: string,
    @Param('reference') reference: string,
    @Body(checked) { whatFor }: QuestionBody,
  ): Promise<HubState> {
    return this.done(id, (hub) => hub.people.ask(reference, whatFor));
  }

  /** @returns how things stand then */
  private done(id: string, act: (hub: FictionalHub) => Promise<void>): Promise<HubState> {
    return this.hubs.with(id, async (hub) => {
      await act(hub);
      return hub.state();
    });
  }
}
