import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { MakeChallenge } from '#oversight';
import type { Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { ReferralForms } from '../../shell/referral/referral-forms.ts';
import { ChallengeForm } from './challenge.form.ts';
import { CHALLENGE } from './challenge.presenter.ts';

/** A senior manager questions pace or quality of one referral, from its page. */
@Controller('referrals/:reference/challenge')
export class MakeChallengeController {
  constructor(
    private readonly forms: ReferralForms,
    private readonly makeChallenge: MakeChallenge,
  ) {}

  @Get()
  @Needs('challenge:make')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.forms.show(CHALLENGE, reference, by);
  }

  @Post()
  @Needs('challenge:make')
  async make(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ChallengeForm) posted: Posted<ChallengeForm>,
  ): Promise<Answer> {
    return this.forms.receive(CHALLENGE, { reference, by, posted }, async ({ aspect, question, formId }, version) => {
      await this.makeChallenge.execute({ reference, aspect, question, version, formId, by });
      return `Your challenge to ${reference} is made. The practice manager is told now.`;
    });
  }
}
