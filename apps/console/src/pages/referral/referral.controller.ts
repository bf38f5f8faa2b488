import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { ClaimReferral, GiveBack, ReadReferral } from '#triage';
import type { Response } from 'express';
import { HubTime } from '../../layout/hub-time.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';
import { presentReferral } from './referral.presenter.ts';

@Controller('referrals/:reference')
export class ReferralController {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly claimReferral: ClaimReferral,
    private readonly giveBack: GiveBack,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:read')
  async read(
    @Param('reference') reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const page = await this.readReferral.execute({ reference, by: actor });
    response.render('pages/referral.njk', presentReferral(page, actor, this.time.zone));
  }

  @Post('claim')
  @Needs('referral:claim')
  async claim(
    @Param('reference') reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.claimReferral.execute({ reference, by: actor });
    response.redirect(303, `/referrals/${reference}`);
  }

  @Post('give-back')
  @Needs('referral:claim')
  async back(
    @Param('reference') reference: string,
    @Req() { actor, session }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.giveBack.execute({ reference, by: actor });
    session.notice = `${reference} is back on the queue.`;
    response.redirect(303, '/queue');
  }
}
