import { AgencyCredentials, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { Refused } from '#platform';
import { Consultations } from '#referrals';
import { Drafts, stampOf } from '#work';
import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { codeInWords, dayAndTime } from '../../shell/words/words.ts';
import { ConsultationForm } from './consultation.form.ts';
import { presentConsultation } from './consultation.presenter.ts';

/** Advice that was given to a person who asked and did not refer. */
@Controller('consultations')
export class ConsultationController {
  constructor(
    private readonly consultations: Consultations,
    private readonly agencies: AgencyCredentials,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('consultation:record')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    const { consultations, now } = await this.consultations.read(by);
    return view('pages/consultation/consultations.njk', {
      consultations: consultations.map((one) => ({
        ...one,
        outcome: codeInWords(one.outcome),
        at: dayAndTime(one.at, now, this.time.zone),
      })),
    });
  }

  @Get('new')
  @Needs('consultation:record')
  begin(): Answer {
    return redirect(`/consultations/${randomUUID()}`);
  }

  @Get(':form')
  @Needs('consultation:record')
  async show(@Param('form', UuidPipe) form: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const draft = await this.drafts.find('consultation', form, by);
    if (draft === null && (await this.drafts.isLate(form, by))) {
      return redirect('/consultations', {
        warning: 'That form has been recorded: it is among the advice given.',
      });
    }
    return this.page(form, draft?.typed ?? {}, null, draft?.savedAt);
  }

  @Post(':form')
  @Needs('consultation:record')
  async record(
    @Param('form', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ConsultationForm) { form, errors, typed, window }: Posted<ConsultationForm>,
  ): Promise<Answer> {
    const known = (await this.agencies.agencies()).some(({ id: agency }) => agency === form.agency);
    if (errors !== null || !known) {
      const savedAt = await this.drafts.save('consultation', id, typed, by);
      return this.page(id, form, errors ?? { agency: 'Select an agency' }, savedAt, 422);
    }
    const { agency: agencyId, ...said } = form;
    try {
      await this.consultations.record({ id, agencyId, ...said }, by);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // It was recorded as it was first sent: what has been written since is another record.
      const another = randomUUID();
      const savedAt = await this.drafts.save('consultation', another, typed, by);
      const advice = 'This form was recorded already as it was before. Send it again to record this beside it';
      return this.page(another, form, { advice }, savedAt, 409);
    }
    await this.drafts.remove('consultation', id, by, window);
    return redirect('/consultations', { notice: 'The advice you gave is recorded.' });
  }

  @Post(':form/discard')
  @FormOn('/telephone')
  @Needs('consultation:record')
  async discard(@Param('form', UuidPipe) form: string, @SignedIn() by: StaffActor): Promise<Answer> {
    await this.drafts.remove('consultation', form, by);
    return redirect('/telephone', { notice: 'The unfinished form is gone.' });
  }

  private async page(
    id: string,
    form: object,
    errors: FormErrors | null,
    savedAt: Temporal.Instant | undefined,
    status = 200,
  ): Promise<View> {
    const locals = {
      ...presentConsultation(new FormFields(form, errors), await this.agencies.agencies()),
      errorSummary: errorSummary(errors),
      at: `/consultations/${id}`,
      draftAt: `/drafts/consultation/${id}`,
      draftBegan: stampOf(savedAt),
    };
    return view('pages/consultation/consultation.njk', locals, status);
  }
}
