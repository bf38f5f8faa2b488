import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { IsIn, Matches, MaxLength } from 'class-validator';
import { Drafts, may, Needs } from '#access';
import { isMoreUrgent, RATINGS, type Rating } from '#domain';
import { RateReferral, ReadReferral, type ReferralPage } from '#triage';
import type { Response } from 'express';
import { ReferencePipe } from '../../shell/pipes/reference.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { codeInWords } from '../../shell/words/words.ts';
import { ReferralForm, SeenFields } from '../../shell/referral/referral-form.ts';

class RatingForm extends SeenFields {
  @IsIn(RATINGS, { message: 'Select a rating' }) readonly rating!: Rating;
  @MaxLength(5000, { message: 'The reason must be 5,000 characters or fewer' })
  @Matches(/\S/, { message: 'Give the reason for the rating' })
  readonly reason: string = '';
}

@Controller('referrals/:reference/rating')
export class RatingController {
  private readonly form: ReferralForm<RatingForm>;

  constructor(
    private readonly rateReferral: RateReferral,
    drafts: Drafts,
    readReferral: ReadReferral,
    time: HubTime,
  ) {
    const services = { readReferral, drafts, zone: time.zone };
    this.form = new ReferralForm(
      RatingForm,
      'rating',
      'pages/rating/rating.njk',
      services,
      closedBecause,
      (page, by) => ({
        suggestedRating: page.ratings[0]!.rating,
        suggested: page.ratings[0]!.matched,
        ratings: RATINGS.filter((rating) => may(by, 'rating:lower') || !isMoreUrgent(page.rating, rating)).map(
          (rating) => ({
            value: rating,
            text: codeInWords(rating),
            hint: hintFor(rating, page.rating),
          }),
        ),
        mayLower: may(by, 'rating:lower'),
      }),
    );
  }

  @Get()
  @Needs('referral:rate')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.form.show(request, response, reference);
  }

  @Post()
  @Needs('referral:rate')
  async rate(
    @Param('reference', ReferencePipe) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const by = request.actor;
    await this.form.receive(
      request,
      response,
      reference,
      async ({ rating, reason, formId }, version) => {
        await this.rateReferral.execute({ reference, rating, reason, version, formId, by });
        return `${reference} is rated ${rating}.`;
      },
      ({ ratings }, { rating, reason }) => ratings.some((one) => one.rating === rating && one.reason === reason),
    );
  }
}

function closedBecause({ status }: ReferralPage): string | null {
  return status === 'awaiting_decision' ? null : 'It is decided: its rating can be changed no more.';
}

function hintFor(rating: Rating, current: Rating): string {
  if (rating === current) return 'The rating now: choose it to confirm it';
  return isMoreUrgent(current, rating)
    ? 'Lowers it: the decision will need sign-off'
    : 'Raises it: the decision is due at the earlier of the old time and the new';
}
