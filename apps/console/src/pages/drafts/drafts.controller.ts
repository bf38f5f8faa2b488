import { BadRequestException, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { DRAFT_KINDS, Drafts, Needs } from '#access';
import { RenewClaim } from '#triage';
import { typedIn } from '../../forms/read-form.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';

const SUBJECT = /^[\w-]{1,40}$/;

/** Saves what somebody is typing, while they type it. To type is to work on the referral: its holder keeps it. */
@Controller('drafts')
export class DraftsController {
  constructor(
    private readonly drafts: Drafts,
    private readonly renewClaim: RenewClaim,
  ) {}

  @Post(':kind/:subject')
  @HttpCode(204)
  @Needs('draft:save')
  async save(
    @Param('kind') asked: string,
    @Param('subject') subject: string,
    @Req() { actor: by, body }: StaffRequest,
  ): Promise<void> {
    const kind = DRAFT_KINDS.find((one) => one === asked);
    if (kind === undefined || !SUBJECT.test(subject)) throw new BadRequestException();
    await this.drafts.save(kind, subject, typedIn(body), by);
    await this.renewClaim.execute({ reference: subject, by });
  }
}
