import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { IsIn, Matches, MaxLength, ValidateIf } from 'class-validator';
import { Needs, type StaffActor } from '#access';
import { ReadReferral, SignOffDecision } from '#triage';
import type { Request, Response } from 'express';
import { HubTime } from '../../layout/hub-time.ts';
import { readForm, REOPEN } from '../../layout/read-form.ts';
import { codeInWords } from '../../layout/words.ts';
import { ReferralForm } from '../referral-form.ts';

type StaffRequest = Request & { readonly actor: StaffActor };

class SignOffForm {
  @IsIn(['agreed', 'returned'], { message: 'Select whether you agree' }) readonly result!: 'agreed' | 'returned';
  @ValidateIf(({ result }: SignOffForm) => result === 'returned')
  @MaxLength(5000, { message: 'The comments must be 5,000 characters or fewer' })
  @Matches(/\S/, { message: 'Say why you return it' })
  readonly comments: string = '';
  @Matches(/^\d{1,9}$/, REOPEN) readonly version!: string;
  @Matches(/^\d{1,16}$/, REOPEN) readonly openedAt!: string;
}

@Controller('referrals/:reference/sign-off')
export class SignOffController {
  private readonly form: ReferralForm;

  constructor(
    private readonly signOff: SignOffDecision,
    readReferral: ReadReferral,
    time: HubTime,
  ) {
    this.form = new ReferralForm(readReferral, time.zone, 'pages/sign-off.njk', ({ decisions }, by) => {
      const decision = decisions.at(-1);
      return {
        decision: decision && {
          ...decision,
          outcome: codeInWords(decision.outcome),
          signOffReasons: decision.signOffReasons.map(codeInWords),
        },
        isOwn: decision?.byId === by.id,
      };
    });
  }

  @Get()
  @Needs('decision:sign-off')
  async show(
    @Param('reference') reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.form.show(response, reference, actor);
  }

  @Post()
  @Needs('decision:sign-off')
  async sign(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Req() { actor, session }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { form, errors } = readForm(SignOffForm, body);
    if (errors !== null) return this.form.showAgain(response, reference, actor, form, errors);
    await this.form.submit(response, reference, actor, form, async () => {
      const { result, comments, version } = form;
      await this.signOff.execute({
        reference,
        result,
        comments: comments || null,
        version: Number(version),
        by: actor,
      });
      session.notice =
        result === 'agreed' ? `The decision on ${reference} is in effect.` : `${reference} is to be decided again.`;
      response.redirect(303, `/referrals/${reference}`);
    });
  }
}
