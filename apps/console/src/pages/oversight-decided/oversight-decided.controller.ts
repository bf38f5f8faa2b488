import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ExportDecided, ReadDecided, ReadDecidedChoices } from '#oversight';
import { Controller, Get, Query } from '@nestjs/common';
import { csvFile, redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { decidedUrl, readDecidedQuery } from './decided-query.ts';
import { DECIDED_COLUMNS, fileNameOf, rowOf } from './decided-file.ts';
import { presentDecided, presentFaults } from './oversight-decided.presenter.ts';

type Asked = Readonly<Record<string, unknown>>;

/** Every decided referral, by what a manager asks for: the address is the whole question. */
@Controller('oversight')
export class OversightDecidedController {
  constructor(
    private readonly readDecided: ReadDecided,
    private readonly exportDecided: ExportDecided,
    private readonly readChoices: ReadDecidedChoices,
    private readonly time: HubTime,
  ) {}

  @Get('decided')
  @Needs('oversight:rows')
  async show(@Query() asked: Asked, @SignedIn() by: StaffActor): Promise<Answer> {
    const { zone: timeZone } = this.time;
    const choices = await this.readChoices.execute(by);
    const { query, errors } = readDecidedQuery(asked, choices, timeZone);
    if (errors !== null) return view(PAGE, presentFaults(asked, errors, choices), 422);
    const list = await this.readDecided.execute({ ...query, timeZone, by });
    // All of the last page has gone meanwhile: what is left is before it.
    if (query.after !== null && list.lines.length === 0) return redirect(decidedUrl(query));
    return view(PAGE, presentDecided(query, list, choices, timeZone));
  }

  @Get('decided.csv')
  @Needs('oversight:rows')
  async file(@Query() asked: Asked, @SignedIn() by: StaffActor): Promise<Answer> {
    const { zone: timeZone } = this.time;
    const choices = await this.readChoices.execute(by);
    const { query, errors } = readDecidedQuery(asked, choices, timeZone);
    if (errors !== null) return view(PAGE, presentFaults(asked, errors, choices), 422);
    const { filters } = query;
    const lines = await this.exportDecided.execute({ filters, timeZone, by });
    return csvFile(fileNameOf(filters), DECIDED_COLUMNS, rowsOf(lines, timeZone));
  }
}

const PAGE = 'pages/oversight-decided/oversight-decided.njk';

async function* rowsOf(lines: Awaited<ReturnType<ExportDecided['execute']>>, timeZone: string) {
  for await (const line of lines) yield rowOf(line, timeZone);
}
