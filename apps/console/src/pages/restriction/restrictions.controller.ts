import { Controller, Get, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadRestrictions, ReviewGlass } from '#restrictions';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { ReviewForm } from './restriction.form.ts';
import type { Sent } from './restriction.presenter.ts';
import { presentRestrictions } from './restrictions.presenter.ts';

/** What is restricted, and where a person opened a restricted record in an emergency. */
@Controller('restrictions')
export class RestrictionsController {
  constructor(
    private readonly restrictions: ReadRestrictions,
    private readonly reviewGlass: ReviewGlass,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('restriction:manage')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(by, { typed: {}, errors: null });
  }

  @Post()
  @Needs('restriction:manage')
  async review(
    @SignedIn() by: StaffActor,
    @PostedForm(ReviewForm) { form, errors, typed }: Posted<ReviewForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { glass: glassId, finding, words } = form;
    if (errors !== null || finding === '') return this.page(by, { typed, errors }, 422);
    const refused = await refusalOf(() => this.reviewGlass.execute({ glassId, finding, words, formId, by }));
    if (refused !== null) return this.page(by, { typed, errors: { finding: refused } }, 409);
    return redirect('/restrictions', { notice: 'Your finding is recorded.' });
  }

  private async page(by: StaffActor, sent: Sent, status = 200): Promise<View> {
    const locals = presentRestrictions(await this.restrictions.execute(by), sent, this.time.zone);
    return view('pages/restriction/restrictions.njk', locals, status);
  }
}
