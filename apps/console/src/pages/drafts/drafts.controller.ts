import { BadRequestException, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { DRAFT_KINDS, Drafts, Needs, type StaffActor } from '#access';
import { SubmitReferral } from '#intake';
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
    private readonly submitReferral: SubmitReferral,
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
    if (kind === 'referral' && (await this.isLate(subject, by))) return;
    await this.drafts.save(kind, subject, typedIn(body), by);
    await this.renewClaim.execute({ reference: subject, by });
  }

  /** Of a form that has been received and left no draft: what comes now was on its way when it was sent. */
  private async isLate(form: string, by: StaffActor): Promise<boolean> {
    return (
      (await this.submitReferral.receivedFrom(form)) !== null && (await this.drafts.find('referral', form, by)) === null
    );
  }
}
