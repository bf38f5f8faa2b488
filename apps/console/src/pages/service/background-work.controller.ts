import { Controller, Get, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { TryAgain } from '#jobs';
import { ReadBackgroundWork } from '#watchdog';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { jobInWords, presentBackgroundWork } from './background-work.presenter.ts';
import { TryAgainForm } from './try-again.form.ts';

/** What the service has still to do by itself: waiting, failing, tried again. */
@Controller('service/work')
export class BackgroundWorkController {
  constructor(
    private readonly read: ReadBackgroundWork,
    private readonly tryAgain: TryAgain,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('service:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    const locals = presentBackgroundWork(await this.read.execute(), may(by, 'service:operate'), this.time.zone);
    return view('pages/service/background-work.njk', locals);
  }

  @Post()
  @Needs('service:operate')
  async again(
    @SignedIn() by: StaffActor,
    @PostedForm(TryAgainForm) { form }: Posted<TryAgainForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const jobs = await this.tryAgain.execute({ name: form.job, formId, by });
    const notice =
      jobs === 0
        ? `${jobInWords(form.job)}: nothing that failed waits any more.`
        : `${jobInWords(form.job)}: ${jobs} tried again now. Look again in a minute.`;
    return redirect('/service/work', { notice });
  }
}
