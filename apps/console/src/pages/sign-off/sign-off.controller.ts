import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { SignOffDecision } from '#decisions';
import type { Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { ReferralForms } from '../../shell/referral/referral-forms.ts';
import { SignOffForm } from './sign-off.form.ts';
import { SIGN_OFF } from './sign-off.presenter.ts';

@Controller('referrals/:reference/sign-off')
export class SignOffController {
  constructor(
    private readonly forms: ReferralForms,
    private readonly signOff: SignOffDecision,
  ) {}

  @Get()
  @Needs('decision:sign-off')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.forms.show(SIGN_OFF, reference, by);
  }

  @Post()
  @Needs('decision:sign-off')
  async sign(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(SignOffForm) posted: Posted<SignOffForm>,
  ): Promise<Answer> {
    return this.forms.receive(SIGN_OFF, { reference, by, posted }, async ({ result, comments, formId }, version) => {
      await this.signOff.execute({ reference, result, comments: comments || null, version, formId, by });
      return result === 'agreed'
        ? `The decision on ${reference} is in effect.`
        : `${reference} is to be decided again.`;
    });
  }
}
