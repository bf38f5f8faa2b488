import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ClaimReferral, ReadReferral, UndoDecision } from '#triage';
import type { Response } from 'express';
import { typedIn } from '../../shell/forms/read-form.ts';
import { ReferencePipe } from '../../shell/pipes/reference.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { tabsOf } from './referral-tabs.ts';
import { presentReferral } from './referral.presenter.ts';

@Controller('referrals/:reference')
export class ReferralController {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly claimReferral: ClaimReferral,
    private readonly undoDecision: UndoDecision,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:read')
  async read(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.show('summary', reference, actor, response);
  }

  @Get('timeline')
  @Needs('referral:read')
  async timeline(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ) {
    await this.show('timeline', reference, actor, response);
  }

  @Get('decisions')
  @Needs('referral:read')
  async decisions(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ) {
    await this.show('decisions', reference, actor, response);
  }

  @Get('access')
  @Needs('referral:read')
  async access(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ) {
    await this.show('access', reference, actor, response);
  }

  @Get('print')
  @Needs('referral:read')
  async print(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ) {
    await this.show('print', reference, actor, response);
  }

  @Post('claim')
  @Needs('referral:claim')
  async claim(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.claimReferral.execute({ reference, by: actor });
    response.redirect(303, `/referrals/${reference}`);
  }

  @Post('undo')
  @Needs('referral:decide')
  async undo(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor, session, body }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.undoDecision.execute({ reference, act: typedIn(body)['act'] ?? '', by: actor });
    session.notice = `What you did to ${reference} is taken back. Nobody outside the hub was told.`;
    response.redirect(303, `/referrals/${reference}`);
  }

  private async show(part: keyof typeof PAGES, reference: string, by: StaffActor, response: Response): Promise<void> {
    const page = await this.readReferral.execute({ reference, by, how: part === 'print' ? 'printed' : 'read' });
    response.render(PAGES[part], {
      ...presentReferral(page, by, this.time.zone, part === 'print'),
      tabs: tabsOf(page.reference, part),
    });
  }
}

const PAGES = {
  summary: 'pages/referral/referral.njk',
  timeline: 'pages/referral/timeline.njk',
  decisions: 'pages/referral/decisions.njk',
  access: 'pages/referral/access.njk',
  print: 'pages/referral/print.njk',
} as const;
