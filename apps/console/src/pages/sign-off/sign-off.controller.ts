import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { IsIn, MaxLength, ValidateBy } from 'class-validator';
import { Drafts, Needs } from '#access';
import { ReadReferral, SignOffDecision, type ReferralPage } from '#triage';
import type { Response } from 'express';
import { ReferencePipe } from '../../shell/pipes/reference.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { presentDecision } from '../referral/referral.presenter.ts';
import { ReferralForm, SeenFields } from '../../shell/referral/referral-form.ts';

class SignOffForm extends SeenFields {
  @IsIn(['agreed', 'returned'], { message: 'Select whether you agree' }) readonly result!: 'agreed' | 'returned';
  @MaxLength(5000, { message: 'The comments must be 5,000 characters or fewer' })
  @ValidateBy(
    {
      name: 'saidWhyReturned',
      validator: {
        validate: (comments, of) => (of?.object as SignOffForm).result !== 'returned' || /\S/.test(String(comments)),
      },
    },
    { message: 'Say why you return it' },
  )
  readonly comments: string = '';
}

@Controller('referrals/:reference/sign-off')
export class SignOffController {
  private readonly form: ReferralForm<SignOffForm>;

  constructor(
    private readonly signOff: SignOffDecision,
    drafts: Drafts,
    readReferral: ReadReferral,
    time: HubTime,
  ) {
    const services = { readReferral, drafts, zone: time.zone };
    this.form = new ReferralForm(
      SignOffForm,
      'sign-off',
      'pages/sign-off/sign-off.njk',
      services,
      closedBecause,
      ({ decisions, now }, by) => {
        const decision = decisions.findLast(({ undoneAt }) => undoneAt === null);
        return {
          decision: decision && presentDecision(decision, (at) => dayAndTime(at, now, time.zone)),
          isOwn: decision?.byId === by.id,
        };
      },
    );
  }

  @Get()
  @Needs('decision:sign-off')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.form.show(request, response, reference);
  }

  @Post()
  @Needs('decision:sign-off')
  async sign(
    @Param('reference', ReferencePipe) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const by = request.actor;
    await this.form.receive(
      request,
      response,
      reference,
      async ({ result, comments, formId }, version) => {
        await this.signOff.execute({ reference, result, comments: comments || null, version, formId, by });
        return result === 'agreed'
          ? `The decision on ${reference} is in effect.`
          : `${reference} is to be decided again.`;
      },
      ({ decisions }, { result, comments }) =>
        decisions.some(({ signOff }) => signOff?.result === result && (signOff.comments ?? '') === comments),
    );
  }
}

function closedBecause({ status }: ReferralPage): string | null {
  return status === 'awaiting_sign_off' ? null : 'There is nothing to sign off.';
}
