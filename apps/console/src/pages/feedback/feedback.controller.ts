import { Controller, Get, Param, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { AllowFeedback, LeaveUntold, ReadFeedback, TellReferrer } from '#feedback';
import { ReadReferral } from '#referrals';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { LeaveForm, TellForm, UntoldForm } from './feedback.form.ts';
import { presentFeedbackPage } from './feedback.presenter.ts';

/** Telling the referrer of one referral: what they are told, and who did what about it. */
@Controller('referrals/:reference/feedback')
@FormOn('/referrals/:reference/feedback')
export class FeedbackController {
  constructor(
    private readonly feedback: ReadFeedback,
    private readonly readReferral: ReadReferral,
    private readonly tellReferrer: TellReferrer,
    private readonly allowFeedback: AllowFeedback,
    private readonly leaveUntold: LeaveUntold,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('feedback:tell')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by, {}, null);
  }

  @Post('tell')
  @Needs('feedback:tell')
  async tell(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(TellForm) { form, errors }: Posted<TellForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { how } = form;
    if (errors !== null || how === '') return this.page(reference, by, form, errors, 422);
    const words = await refusalOf(() =>
      this.tellReferrer.execute({ reference, feedback: form.feedback, how, words: form.words.trim(), formId, by }),
    );
    if (words !== null) return this.page(reference, by, form, { words }, 409);
    const notice =
      how === 'tried'
        ? `Your attempt is on ${reference}. The referrer is not told yet.`
        : `${reference}: the referrer is told.`;
    return redirect(`/referrals/${reference}`, { notice });
  }

  @Post('leave')
  @Needs('feedback:allow')
  async leave(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(LeaveForm) { form, errors }: Posted<LeaveForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(reference, by, form, errors, 422);
    const isAllowed = form.allowed === 'yes';
    const leaveReason = await refusalOf(() =>
      this.allowFeedback.execute({
        reference,
        feedback: form.feedback,
        isAllowed,
        words: form.leaveReason.trim(),
        formId,
        by,
      }),
    );
    if (leaveReason !== null) return this.page(reference, by, form, { leaveReason }, 409);
    return redirect(`/referrals/${reference}`, {
      notice: `${reference}: the referrer ${isAllowed ? 'may' : 'will not'} be told.`,
    });
  }

  @Post('untold')
  @Needs('feedback:allow')
  async untold(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(UntoldForm) { form, errors }: Posted<UntoldForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(reference, by, form, errors, 422);
    const untoldReason = await refusalOf(() =>
      this.leaveUntold.execute({ reference, feedback: form.feedback, words: form.untoldReason.trim(), formId, by }),
    );
    if (untoldReason !== null) return this.page(reference, by, form, { untoldReason }, 409);
    return redirect(`/referrals/${reference}`, { notice: `${reference}: the referrer will not be told.` });
  }

  private async page(
    reference: string,
    by: StaffActor,
    typed: object,
    errors: FormErrors | null,
    status = 200,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const feedback = await this.feedback.ofReferral(reference, by);
    const mayAllow = may(by, 'feedback:allow');
    const locals = presentFeedbackPage(page, feedback, { typed, errors, mayAllow, zone: this.time.zone });
    return view('pages/feedback/feedback.njk', locals, status);
  }
}
