import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { IsIn, Matches, MaxLength } from 'class-validator';
import { may, Needs, type StaffActor } from '#access';
import { isMoreUrgent, RATINGS, type Rating } from '#domain';
import { RateReferral, ReadReferral } from '#triage';
import type { Request, Response } from 'express';
import { HubTime } from '../../layout/hub-time.ts';
import { readForm, REOPEN } from '../../layout/read-form.ts';
import { codeInWords } from '../../layout/words.ts';
import { ReferralForm } from '../referral-form.ts';

type StaffRequest = Request & { readonly actor: StaffActor };

class RatingForm {
  @IsIn(RATINGS, { message: 'Select a rating' }) readonly rating!: Rating;
  @MaxLength(5000, { message: 'The reason must be 5,000 characters or fewer' })
  @Matches(/\S/, { message: 'Give the reason for the rating' })
  readonly reason: string = '';
  @Matches(/^\d{1,9}$/, REOPEN) readonly version!: string;
  @Matches(/^\d{1,16}$/, REOPEN) readonly openedAt!: string;
}

@Controller('referrals/:reference/rating')
export class RatingController {
  private readonly form: ReferralForm;

  constructor(
    private readonly rateReferral: RateReferral,
    readReferral: ReadReferral,
    time: HubTime,
  ) {
    this.form = new ReferralForm(readReferral, time.zone, 'pages/rating.njk', (page, by) => ({
      suggested: page.ratings[0]!.matched,
      ratings: RATINGS.filter((rating) => may(by, 'rating:lower') || !isMoreUrgent(page.rating, rating)).map(
        (rating) => ({
          value: rating,
          text: codeInWords(rating),
          hint: hintFor(rating, page.rating),
        }),
      ),
      mayLower: may(by, 'rating:lower'),
    }));
  }

  @Get()
  @Needs('referral:rate')
  async show(
    @Param('reference') reference: string,
    @Req() { actor }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.form.show(response, reference, actor);
  }

  @Post()
  @Needs('referral:rate')
  async rate(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Req() { actor, session }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { form, errors } = readForm(RatingForm, body);
    if (errors !== null) return this.form.showAgain(response, reference, actor, form, errors);
    await this.form.submit(response, reference, actor, form, async () => {
      const { rating, reason, version } = form;
      await this.rateReferral.execute({ reference, rating, reason, version: Number(version), by: actor });
      session.notice = `${reference} is rated ${rating}.`;
      response.redirect(303, `/referrals/${reference}`);
    });
  }
}

function hintFor(rating: Rating, current: Rating): string {
  if (rating === current) return 'The rating now: choose it to confirm it';
  return isMoreUrgent(current, rating)
    ? 'Lowers it: the decision will need sign-off'
    : 'Raises it: the decision is due at the earlier of the old time and the new';
}
