import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { FRESH_SIGN_IN_MINUTES } from '#domain';
import { BreakGlass } from '#restrictions';
import { ReadManagersOnDuty } from '#rota';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import type { StaffRequest } from '../../shell/context/staff-request.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { OpensRestricted } from '../../shell/session/restricted.guard.ts';
import { BreakGlassForm } from './restriction.form.ts';

/**
 * Opening a restricted record in an emergency. The form is the same for every reference, so that it tells no person which
 * records there are.
 */
@Controller('referrals/:reference/break-glass')
@OpensRestricted()
export class BreakGlassController {
  constructor(
    private readonly breakGlass: BreakGlass,
    private readonly managers: ReadManagersOnDuty,
  ) {}

  @Get()
  @Needs('glass:break')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @Req() request: StaffRequest,
  ): Promise<Answer> {
    if (!hasSignedInFreshly(request)) return redirect(signInAgain(reference));
    return this.form(reference, by, new BreakGlassForm(), null);
  }

  @Post()
  @Needs('glass:break')
  async open(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @Req() request: StaffRequest,
    @PostedForm(BreakGlassForm) { form, errors }: Posted<BreakGlassForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.form(reference, by, form, errors, 422);
    if (!hasSignedInFreshly(request)) return this.form(reference, by, form, null, 409, signInAgain(reference));
    await this.breakGlass.execute({ reference, reason: form.reason, formId, by });
    return redirect(`/referrals/${reference}`);
  }

  private async form(
    reference: string,
    by: StaffActor,
    form: BreakGlassForm,
    errors: FormErrors | null,
    status = 200,
    signIn: string | null = null,
  ): Promise<View> {
    const words = {
      label: 'Why can it not wait?',
      isLarge: true,
      hint: 'For example: police are at the address now and ask what is known, and no manager answers. Do not name the child',
    };
    const locals = {
      reference,
      signIn,
      managers: await this.managers.execute(by),
      minutes: FRESH_SIGN_IN_MINUTES,
      reason: new FormFields(form, errors).textarea('reason', words, { rows: 3 }),
      errorSummary: errorSummary(errors),
    };
    return view('pages/restriction/break-glass.njk', locals, status);
  }
}

function hasSignedInFreshly({ session }: StaffRequest): boolean {
  return Date.now() - (session.signedInAt ?? 0) <= FRESH_SIGN_IN_MINUTES * 60_000;
}

function signInAgain(reference: string): string {
  return `/sign-in/again?${new URLSearchParams({ page: `/referrals/${reference}/break-glass` }).toString()}`;
}
