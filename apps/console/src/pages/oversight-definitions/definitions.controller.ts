import { Controller, Get } from '@nestjs/common';
import { Needs } from '#access';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { presentDefinitions } from './definitions.presenter.ts';

@Controller('oversight/definitions')
export class DefinitionsController {
  @Get()
  @Needs('oversight:read')
  show(): Answer {
    return view('pages/oversight-definitions/definitions.njk', presentDefinitions());
  }
}
