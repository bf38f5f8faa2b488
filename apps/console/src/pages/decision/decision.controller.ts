import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Drafts, Needs, type StaffActor } from '#access';
import type { ThresholdLevel } from '#domain';
import { ReadReferral, type ReferralPage } from '#triage';
import type { Response } from 'express';
import { typedIn } from '../../shell/forms/read-form.ts';
import { ReferralForm } from '../../shell/referral/referral-form.ts';
import { ReferencePipe } from '../../shell/pipes/reference.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { isHeldByAnother, returnedOf } from '../referral/referral.presenter.ts';
import { answersBefore, DecisionForm, LEVEL_HINTS, LEVELS, OUTCOME_CHOICES } from './decision.form.ts';

/** The first page of deciding: the answers. They are kept as a draft until they have been checked and sent. */
@Controller('referrals/:reference/decision')
export class DecisionController {
  private readonly form: ReferralForm<DecisionForm>;

  constructor(
    private readonly drafts: Drafts,
    readReferral: ReadReferral,
    time: HubTime,
  ) {
    const services = { readReferral, drafts, zone: time.zone };
    this.form = new ReferralForm(
      DecisionForm,
      'decision',
      'pages/decision/decision.njk',
      services,
      closedBecause,
      (page) => ({
        returned: returnedOf(page, (instant) => dayAndTime(instant, page.now, time.zone)),
        outcomes: OUTCOME_CHOICES,
        levels: ([1, 2, 3, 4] as const).map((level: ThresholdLevel) => ({
          value: String(level),
          text: LEVELS[level],
          hint: LEVEL_HINTS[level],
        })),
      }),
      answersBefore,
    );
  }

  @Get()
  @Needs('referral:decide')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ) {
    await this.form.show(request, response, reference);
  }

  @Post()
  @Needs('referral:decide')
  async answer(
    @Param('reference', ReferencePipe) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ) {
    const form = await this.form.check(request, response, reference);
    if (form === null) return;
    await this.drafts.save('decision', reference, typedIn(request.body), request.actor);
    response.redirect(303, `/referrals/${reference}/decision/check`);
  }
}

function closedBecause(page: ReferralPage, by: StaffActor): string | null {
  if (page.status !== 'awaiting_decision') return 'It is not waiting for a decision any more.';
  return isHeldByAnother(page, by) ? `Only ${page.holder!} or a manager can decide it.` : null;
}
