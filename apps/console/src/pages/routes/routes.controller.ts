import { Controller, Get, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadRoutes } from '#routes';
import { NameReferrals } from '#work';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { presentRoutes, readFilter } from './routes.presenter.ts';

/** Where families were sent: what waits for an answer, came back, or has no team yet. */
@Controller('routes')
export class RoutesController {
  constructor(
    private readonly routes: ReadRoutes,
    private readonly nameReferrals: NameReferrals,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('route:read')
  async list(@Query() query: Readonly<Record<string, unknown>>, @SignedIn() by: StaffActor): Promise<Answer> {
    const { zone } = this.time;
    const filter = readFilter(query);
    const list = await this.routes.list(filter, zone, by);
    const references = list.routes.map(({ reference }) => reference);
    const named = await this.nameReferrals.execute(references, by);
    return view('pages/routes/routes.njk', presentRoutes(list, filter, named, zone));
  }
}
