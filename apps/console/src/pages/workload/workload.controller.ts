import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { NameReferrals, ReadWorkload } from '#work';
import { Controller, Get } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { presentWorkload } from './workload.presenter.ts';

@Controller('workload')
export class WorkloadController {
  constructor(
    private readonly readWorkload: ReadWorkload,
    private readonly nameReferrals: NameReferrals,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('workload:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    const workload = await this.readWorkload.execute(by);
    const named = await this.nameReferrals.execute(
      workload.putDown.map(({ reference }) => reference),
      by,
    );
    return view('pages/workload/workload.njk', presentWorkload(workload, named, this.time.zone));
  }
}
