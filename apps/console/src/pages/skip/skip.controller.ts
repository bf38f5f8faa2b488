import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Matches, MaxLength } from 'class-validator';
import { Needs } from '#access';
import { ReadReferral, SkipReferral, TakeNext } from '#triage';
import type { Response } from 'express';
import { pageMadeAt, readForm, type FormErrors } from '../../shell/forms/read-form.ts';
import { refusalInWords } from '../../shell/refusals.ts';
import { ReferencePipe } from '../../shell/pipes/reference.pipe.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';

class SkipForm {
  @MaxLength(1_000, { message: 'The reason must be 1,000 characters or fewer' })
  @Matches(/\S/, { message: 'Say why you skip it' })
  readonly reason: string = '';
}

@Controller('referrals/:reference/skip')
export class SkipController {
  constructor(
    private readonly skip: SkipReferral,
    private readonly takeNext: TakeNext,
    private readonly readReferral: ReadReferral,
  ) {}

  @Get()
  @Needs('referral:claim')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.render(request, response, 200, reference, new SkipForm(), null);
  }

  /** Leads to the next one at once. */
  @Post()
  @Needs('referral:claim')
  async pass(
    @Param('reference', ReferencePipe) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { actor: by, session } = request;
    const { form, errors } = readForm(SkipForm, request.body);
    if (errors !== null) return this.render(request, response, 422, reference, form, errors);
    try {
      await this.skip.execute({ reference, reason: form.reason.trim(), by });
    } catch (error) {
      const reason = refusalInWords(error);
      if (reason === null) throw error;
      return this.render(request, response, 409, reference, form, { reason });
    }
    const next = await this.takeNext.execute(by, pageMadeAt(request.body));
    session.notice = `You skipped ${reference}: it is back on the queue for others. ${next === null ? 'Nothing else is waiting for you to take.' : 'This is the next one.'}`;
    response.redirect(303, next === null ? '/queue' : `/referrals/${next.reference}`);
  }

  private async render(
    { actor: by }: StaffRequest,
    response: Response,
    status: number,
    reference: string,
    form: SkipForm,
    errors: FormErrors | null,
  ): Promise<void> {
    const page = await this.readReferral.execute({ reference, by });
    response.status(status).render('pages/skip/skip.njk', {
      reference,
      since: page.now.epochMilliseconds,
      children: childrenInWords(page),
      form,
      errors,
    });
  }
}
