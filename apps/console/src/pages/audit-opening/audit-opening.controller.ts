import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { OpenForAudit } from '#referrals';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { pageOfReferral } from '../referral/referral-tabs.ts';
import { AuditOpeningForm } from './audit-opening.form.ts';

/** An auditor says why before the pages of a referral open to them. */
@Controller('referrals/:reference/audit')
export class AuditOpeningController {
  constructor(private readonly openForAudit: OpenForAudit) {}

  @Get()
  @Needs('referral:open-for-audit')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @Query('page') page: unknown,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    await this.openForAudit.mustExist(reference, by);
    return this.form(reference, { reason: '', page: typeof page === 'string' ? page : '' }, null);
  }

  @Post()
  @Needs('referral:open-for-audit')
  async open(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(AuditOpeningForm) { form, errors }: Posted<AuditOpeningForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.form(reference, form, errors, 422);
    const why = await refusalOf(() => this.openForAudit.execute({ reference, reason: form.reason.trim(), by, formId }));
    return why === null
      ? redirect(pageOfReferral(reference, form.page))
      : this.form(reference, form, { reason: why }, 409);
  }

  private form(reference: string, form: AuditOpeningForm, errors: FormErrors | null, status = 200): View {
    const words = {
      label: 'Why do you open it?',
      isLarge: true,
      hint: 'For example: sampled for October, or the family complained',
    };
    const locals = {
      reference,
      page: form.page,
      reason: new FormFields(form, errors).textarea('reason', words, { rows: 3 }),
      errorSummary: errorSummary(errors),
    };
    return view('pages/audit-opening/audit-opening.njk', locals, status);
  }
}
