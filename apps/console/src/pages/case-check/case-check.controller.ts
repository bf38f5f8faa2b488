import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { CheckCaseSystem } from '#children';
import { HubTime } from '#deadlines';
import { ReadReferral } from '#referrals';
import type { Typed } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { CaseCheckForm, foundIn, noneKnown } from './case-check.form.ts';
import { presentCaseCheckPage } from './case-check.presenter.ts';

/** What the council's case system says of each child of a referral. */
@Controller('referrals/:reference/case-check')
export class CaseCheckController {
  constructor(
    private readonly checkCaseSystem: CheckCaseSystem,
    private readonly readReferral: ReadReferral,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('child:check')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @Query('then') then?: unknown,
  ): Promise<Answer> {
    return this.page(reference, by, then === 'decision' ? { then } : {}, null);
  }

  @Post()
  @Needs('child:check')
  async record(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(CaseCheckForm) { form, errors, typed }: Posted<CaseCheckForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(reference, by, typed, errors, 422);
    const { children } = await this.readReferral.execute({ reference, by });
    const answers = form.known === 'none' ? { found: noneKnown(children.length) } : foundIn(typed, children.length);
    if ('errors' in answers) return this.page(reference, by, typed, answers.errors, 422);
    const check = { reference, children: answers.found, formId, by };
    const refused = await refusalOf(() => this.checkCaseSystem.execute(check));
    if (refused !== null) return this.page(reference, by, typed, { 'result.0': refused }, 409);
    const isDeciding = form.then === 'decision' && may(by, 'referral:decide');
    return redirect(`/referrals/${reference}${isDeciding ? '/decision' : ''}`, {
      notice: `What the case system says is on ${reference}.`,
    });
  }

  private async page(
    reference: string,
    by: StaffActor,
    typed: Typed,
    errors: FormErrors | null,
    status = 200,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const locals = presentCaseCheckPage(page, typed, errors, this.time.zone);
    return view('pages/case-check/case-check.njk', locals, status);
  }
}
