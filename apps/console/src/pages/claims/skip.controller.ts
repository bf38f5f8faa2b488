import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Matches, MaxLength } from 'class-validator';
import { Needs } from '#access';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { SkipReferral, TakeNext } from '#triage';
import type { Response } from 'express';
import { readForm } from '../../forms/read-form.ts';
import { refusalInWords } from '../../layout/refusals.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';

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
  ) {}

  @Get()
  @Needs('referral:claim')
  show(@Param('reference') asked: string, @Res() response: Response): void {
    const reference = parseReferralReference(asked);
    if (reference === null) throw new Refused('not-found');
    response.render('pages/skip.njk', { reference, form: new SkipForm() });
  }

  /** Leads to the next one at once. */
  @Post()
  @Needs('referral:claim')
  async pass(
    @Param('reference') reference: string,
    @Req() { actor: by, session, body }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { form, errors } = readForm(SkipForm, body);
    if (errors !== null) return response.status(422).render('pages/skip.njk', { reference, form, errors });
    try {
      await this.skip.execute({ reference, reason: form.reason.trim(), by });
    } catch (error) {
      const reason = refusalInWords(error);
      if (reason === null) throw error;
      return response.status(409).render('pages/skip.njk', { reference, form, errors: { reason } });
    }
    const next = await this.takeNext.execute(by);
    session.notice = `You skipped ${reference}: it is back on the queue for others. ${next === null ? 'Nothing else is waiting to be taken.' : 'This is the next one.'}`;
    response.redirect(303, next === null ? '/queue' : `/referrals/${next}`);
  }
}
