import { Controller, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ConfirmRating } from '#referrals';
import { SendToSocialWorkers } from '#work';
import { redirect, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { ConfirmForm } from './confirm.form.ts';

/** Confirms the suggested rating by one press on the page of the referral. */
@Controller('referrals/:reference/rating')
export class ConfirmController {
  constructor(
    private readonly confirmRating: ConfirmRating,
    private readonly sendOn: SendToSocialWorkers,
  ) {}

  @Post('confirm')
  @FormOn('/referrals/:reference')
  @Needs('referral:rate')
  async confirm(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ConfirmForm) { form }: Posted<ConfirmForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const version = Number(form.version);
    const refused = await refusalOf(() => this.confirmRating.execute({ reference, version, formId, by }));
    return redirect(
      `/referrals/${reference}`,
      refused === null
        ? { notice: `You confirmed the rating of ${reference}. The rules are the reason.` }
        : { warning: `Nothing was recorded. ${refused}` },
    );
  }

  @Post('send')
  @FormOn('/referrals/:reference')
  @Needs('referral:rate')
  async send(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ConfirmForm) { form }: Posted<ConfirmForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const version = Number(form.version);
    let next = null as Awaited<ReturnType<SendToSocialWorkers['execute']>>;
    const refused = await refusalOf(async () => {
      next = await this.sendOn.execute({ reference, version, formId, by });
    });
    if (refused !== null) return redirect(`/referrals/${reference}`, { warning: `Nothing was recorded. ${refused}` });
    const sent = `${reference} waits for a social worker.`;
    return next === null
      ? redirect(`/referrals/${reference}`, { notice: `${sent} Nothing else is waiting for you to take.` })
      : redirect(`/referrals/${next.reference}?done=${reference}`, { notice: `${sent} This is the next one.` });
  }
}
