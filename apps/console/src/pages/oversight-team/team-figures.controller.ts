import { Controller, Get } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadSharing, ReadTeamFigures } from '#oversight';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { presentSharing } from './sharing.presenter.ts';
import { presentTeamFigures } from './team-figures.presenter.ts';

@Controller('oversight/team')
export class TeamFiguresController {
  constructor(
    private readonly readTeamFigures: ReadTeamFigures,
    private readonly readSharing: ReadSharing,
  ) {}

  @Get()
  @Needs('workload:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return view('pages/oversight-team/team-figures.njk', {
      ...presentTeamFigures(await this.readTeamFigures.execute(by)),
      sharing: presentSharing(await this.readSharing.execute(by)),
    });
  }
}
