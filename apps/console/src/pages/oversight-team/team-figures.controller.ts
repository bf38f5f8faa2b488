import { Controller, Get } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadTeamFigures } from '#oversight';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { presentTeamFigures } from './team-figures.presenter.ts';

@Controller('oversight/team')
export class TeamFiguresController {
  constructor(private readonly readTeamFigures: ReadTeamFigures) {}

  @Get()
  @Needs('workload:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return view('pages/oversight-team/team-figures.njk', presentTeamFigures(await this.readTeamFigures.execute(by)));
  }
}
