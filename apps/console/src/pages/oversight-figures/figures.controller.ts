import { Controller, Get, Param, Query } from '@nestjs/common';
import { hiddenReferences, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ALERT_MEASURES, MEASURES } from '#domain';
import { ReadFigure } from '#oversight';
import { Database } from '#store';
import { dataFile, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { readFigureQuery } from '../../shell/oversight/figure-query.ts';
import { figureFile, rowsFile } from './figure-files.ts';
import { presentRows } from './rows.presenter.ts';

/** Every figure as data, and the rows behind it: for the spreadsheets and dashboards that a council has. */
@Controller('oversight/figures')
export class FiguresController {
  constructor(
    private readonly readFigure: ReadFigure,
    private readonly database: Database,
    private readonly time: HubTime,
  ) {}

  @Get(':measure.csv')
  @Needs('oversight:read')
  async figure(
    @Param('measure') measure: string,
    @Query() asked: Record<string, unknown>,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    const address = readFigureQuery(asked);
    const figure = await this.readFigure.execute(measure, address, 'figure', by);
    return dataFile(measure, ...figureFile(figure, address.by));
  }

  @Get(':measure/rows')
  @Needs('oversight:rows')
  async rowsPage(
    @Param('measure') measure: string,
    @Query() asked: Record<string, unknown>,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    const address = readFigureQuery(asked);
    const figure = await this.readFigure.execute(measure, address, 'rows', by);
    const title = [...MEASURES, ...ALERT_MEASURES].find(({ id }) => id === measure)!.title;
    const page = typeof asked['page'] === 'string' && /^[1-9]\d{0,5}$/.test(asked['page']) ? Number(asked['page']) : 1;
    const query = new URLSearchParams(
      ['from', 'to', 'by'].flatMap((name) => (typeof asked[name] === 'string' ? [[name, asked[name]]] : [])),
    );
    return view(
      'pages/oversight-figures/rows.njk',
      presentRows(figure, { title, address: query, page, timeZone: this.time.zone }),
    );
  }

  @Get(':measure/rows.csv')
  @Needs('oversight:rows')
  async rows(
    @Param('measure') measure: string,
    @Query() asked: Record<string, unknown>,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    const figure = await this.readFigure.execute(measure, readFigureQuery(asked), 'rows', by);
    const hidden = await this.database.as(by).transaction((tx) => hiddenReferences(tx, by));
    return dataFile(`${measure}-rows`, ...rowsFile(figure, hidden));
  }
}
