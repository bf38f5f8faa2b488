import { Controller, Get, Param, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadFigure } from '#oversight';
import { dataFile, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { readFigureQuery } from './figure-query.ts';
import { figureFile, rowsFile } from './figure-files.ts';

/** Every figure as data, and the rows behind it: for the spreadsheets and dashboards that a council has. */
@Controller('oversight/figures')
export class FiguresController {
  constructor(private readonly readFigure: ReadFigure) {}

  @Get(':measure.csv')
  @Needs('oversight:read')
  async figure(
    @Param('measure') measure: string,
    @Query() asked: Record<string, unknown>,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    const figure = await this.readFigure.execute(measure, readFigureQuery(asked), 'figure', by);
    return dataFile(measure, ...figureFile(figure));
  }

  @Get(':measure/rows.csv')
  @Needs('oversight:rows')
  async rows(
    @Param('measure') measure: string,
    @Query() asked: Record<string, unknown>,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    const figure = await this.readFigure.execute(measure, readFigureQuery(asked), 'rows', by);
    return dataFile(`${measure}-rows`, ...rowsFile(figure));
  }
}
