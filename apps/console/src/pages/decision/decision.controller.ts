import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { Drafts } from '#work';
import { redirect, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { readForm, typedIn } from '../../shell/forms/read-form.ts';
import { ReferralForms } from '../../shell/referral/referral-forms.ts';
import { DecisionForm } from './decision.form.ts';
import { DECISION } from './decision.presenter.ts';

/** The first page of deciding: the answers. They are kept as a draft until they have been checked and sent. */
@Controller('referrals/:reference/decision')
export class DecisionController {
  constructor(
    private readonly forms: ReferralForms,
    private readonly drafts: Drafts,
  ) {}

  @Get()
  @Needs('referral:decide')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.forms.show(DECISION, reference, by);
  }

  @Post()
  @Needs('referral:decide')
  async answer(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { form, errors } = readForm(DecisionForm, body);
    if (errors !== null) return this.forms.withErrors(DECISION, { reference, by, body }, form, errors);
    await this.drafts.save('decision', reference, typedIn(body), by);
    return redirect(`/referrals/${reference}/decision/check`);
  }
}
