import { Controller, Get } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadOwnFigures } from '#oversight';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { presentOwnFigures } from './own-figures.presenter.ts';

@Controller('oversight/own')
export class OwnFiguresController {
  constructor(private readonly readOwnFigures: ReadOwnFigures) {}

  @Get()
  @Needs('own-figures:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return view('pages/oversight-own/own-figures.njk', presentOwnFigures(await this.readOwnFigures.execute(by)));
  }
}
