import { followingForm } from '#store';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadReferral } from '#referrals';
import { SkipReferral, TakeNext } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { SkipForm } from './skip.form.ts';

@Controller('referrals/:reference/skip')
export class SkipController {
  constructor(
    private readonly skip: SkipReferral,
    private readonly takeNext: TakeNext,
    private readonly readReferral: ReadReferral,
  ) {}

  @Get()
  @Needs('referral:claim')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by, new SkipForm(), null);
  }

  /** Leads to the next one at once. */
  @Post()
  @Needs('referral:claim')
  async pass(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(SkipForm) { form, errors }: Posted<SkipForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(reference, by, form, errors, 422);
    const reason = await refusalOf(() => this.skip.execute({ reference, reason: form.reason.trim(), by, formId }));
    if (reason !== null) return this.page(reference, by, form, { reason }, 409);
    const next = await this.takeNext.execute(by, followingForm(formId));
    const skipped = `You skipped ${reference}: it is back on the queue for others.`;
    return next === null
      ? redirect('/queue', { notice: `${skipped} Nothing else is waiting for you to take.` })
      : redirect(`/referrals/${next.reference}`, { notice: `${skipped} This is the next one.` });
  }

  private async page(
    reference: string,
    by: StaffActor,
    form: SkipForm,
    errors: FormErrors | null,
    status = 200,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const words = {
      label: 'Why do you skip it?',
      isLarge: true,
      hint: 'For example: you know the family, or it needs a person who speaks Polish',
    };
    const locals = {
      reference,
      children: childrenInWords(page),
      reason: new FormFields(form, errors).textarea('reason', words, { rows: 3 }),
      errorSummary: errorSummary(errors),
    };
    return view('pages/skip/skip.njk', locals, status);
  }
}
