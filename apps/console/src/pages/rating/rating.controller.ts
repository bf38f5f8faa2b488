import { Controller, Get, Param, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { PreviewLowering, RateReferral } from '#referrals';
import { redirect, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { ReferralForms } from '../../shell/referral/referral-forms.ts';
import { RatingForm } from './rating.form.ts';
import { presentLowering, RATING } from './rating.presenter.ts';

@Controller('referrals/:reference/rating')
export class RatingController {
  constructor(
    private readonly forms: ReferralForms,
    private readonly rateReferral: RateReferral,
    private readonly preview: PreviewLowering,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:rate')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.forms.show(RATING, reference, by);
  }

  @Post()
  @Needs('referral:rate')
  async rate(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(RatingForm) posted: Posted<RatingForm>,
  ): Promise<Answer> {
    if (posted.errors === null) {
      const lowering = await this.preview.execute({ reference, rating: posted.form.rating, by });
      const shown = lowering && presentLowering(lowering, this.time.zone);
      if (shown !== null && posted.form.loweringSeen !== shown.seen) {
        return this.forms.askFirst(RATING, { reference, by, posted }, { lowering: shown });
      }
    }
    return this.forms.receive(
      RATING,
      { reference, by, posted },
      async ({ rating, reason, formId, then, ...seen }, version) => {
        const ratingsSeen = Number(seen.ratingsSeen);
        await this.rateReferral.execute({ reference, rating, reason, version, ratingsSeen, formId, by });
        const notice = `${reference} is rated ${rating}.`;
        return then === 'decision' && may(by, 'referral:decide')
          ? redirect(`/referrals/${reference}/decision`, { notice })
          : notice;
      },
    );
  }
}
