import { Controller, Get } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadFlow } from '#oversight';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { presentFlow } from './flow.presenter.ts';

@Controller('oversight/flow')
export class FlowController {
  constructor(private readonly readFlow: ReadFlow) {}

  @Get()
  @Needs('oversight:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return view('pages/oversight-flow/flow.njk', presentFlow(await this.readFlow.execute(by)));
  }
}
