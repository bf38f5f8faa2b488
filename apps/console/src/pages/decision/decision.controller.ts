import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { Policies } from '#deadlines';
import { PreviewDecision } from '#decisions';
import { Drafts } from '#work';
import { redirect, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { ReferralForms, type FormAboutReferral } from '../../shell/referral/referral-forms.ts';
import { DecisionForm, levelOf, missingIn } from './decision.form.ts';
import { decisionForm } from './decision.presenter.ts';

/** The first page of deciding: the answers. They are kept as a draft until they have been checked and sent. */
@Controller('referrals/:reference/decision')
export class DecisionController {
  constructor(
    private readonly forms: ReferralForms,
    private readonly drafts: Drafts,
    private readonly preview: PreviewDecision,
    private readonly policies: Policies,
  ) {}

  @Get()
  @Needs('referral:decide')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.forms.show(await this.form(), reference, by);
  }

  @Post()
  @Needs('referral:decide')
  async answer(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(DecisionForm) posted: Posted<DecisionForm>,
  ): Promise<Answer> {
    if (posted.errors !== null) return this.forms.withErrors(await this.form(), { reference, by, posted });
    const { form } = posted;
    const { outcome } = form;
    const preview = await this.preview.execute({ reference, outcome, thresholdLevel: levelOf(form), by });
    const errors = missingIn(form, preview);
    if (errors !== null)
      return this.forms.withErrors(await this.form(), { reference, by, posted: { ...posted, errors } });
    await this.drafts.save('decision', reference, posted.typed, by);
    return redirect(`/referrals/${reference}/decision/check`);
  }

  private async form(): Promise<FormAboutReferral> {
    return decisionForm((await this.policies.inForce()).policy);
  }
}
