import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { NextToSignOff, ReadUndoable, SignOffDecision } from '#decisions';
import { redirect, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { ReferralForms } from '../../shell/referral/referral-forms.ts';
import { justDone } from '../../shell/referral/just-done.ts';
import { SignOffForm } from './sign-off.form.ts';
import { SIGN_OFF } from './sign-off.presenter.ts';

@Controller('referrals/:reference/sign-off')
export class SignOffController {
  constructor(
    private readonly forms: ReferralForms,
    private readonly signOff: SignOffDecision,
    private readonly next: NextToSignOff,
    private readonly undoable: ReadUndoable,
  ) {}

  @Get()
  @Needs('decision:sign-off')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @Query('done') done?: unknown,
  ): Promise<Answer> {
    return this.forms.show(SIGN_OFF, reference, by, await justDone(this.undoable, done, by));
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
      const notice =
        result === 'agreed' ? `The decision on ${reference} is in effect.` : `${reference} is to be decided again.`;
      return this.goOn(reference, notice, by);
    });
  }

  /** To the next decision that waits for this manager; to the one that they signed when none does. */
  private async goOn(reference: string, notice: string, by: StaffActor): Promise<Answer> {
    const next = await this.next.execute(by);
    if (next === null)
      return redirect(`/referrals/${reference}`, { notice: `${notice} Nothing else waits for your sign-off.` });
    return redirect(`/referrals/${next}/sign-off?done=${reference}`, { notice: `${notice} This is the next one.` });
  }
}
