import { Controller, Get, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { BeginBaseline, ReadBaselines } from '#oversight';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { BaselineForm } from './baselines.form.ts';
import { presentBaselines, type NotBegun } from './baselines.presenter.ts';

/** From when charts have new limits, who said so and why. */
@Controller('oversight/baselines')
export class BaselinesController {
  constructor(
    private readonly baselines: ReadBaselines,
    private readonly beginBaseline: BeginBaseline,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('oversight:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(by, null, 200);
  }

  @Post()
  @Needs('baseline:begin')
  async begin(
    @SignedIn() by: StaffActor,
    @PostedForm(BaselineForm) { form, errors }: Posted<BaselineForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(by, { form, errors, refusal: '' }, 422);
    const { measure, month, reason } = form;
    const refusal = await refusalOf(() => this.beginBaseline.execute({ measure, month, reason, formId, by }));
    if (refusal !== null) return this.page(by, { form, errors, refusal }, 409);
    return redirect('/oversight/baselines');
  }

  private async page(by: StaffActor, notBegun: NotBegun | null, status: number): Promise<Answer> {
    const page = await this.baselines.execute(by);
    const shown = presentBaselines(page, notBegun, this.time.zone);
    return view('pages/oversight-baselines/baselines.njk', { ...shown, mayBegin: may(by, 'baseline:begin') }, status);
  }
}
