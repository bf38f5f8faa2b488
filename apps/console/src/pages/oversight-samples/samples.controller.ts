import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { timeInWords, type ThresholdLevel } from '#domain';
import { GradeSample, ReadBlind, ReadSampleItem, ReadSamples, RedrawSample } from '#oversight';
import { Refused } from '#platform';
import { Drafts, stampOf } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { MonthPipe } from './month.pipe.ts';
import { BlindForm, criteriaIn, GradeForm } from './sample.form.ts';
import { blindFields, gradeFields, presentItem } from './sample.presenter.ts';
import { presentMonth, presentMonths } from './samples.presenter.ts';

/** A form of an item's page that was not recorded. */
interface Unrecorded {
  readonly form: BlindForm | GradeForm;
  readonly errors: FormErrors | null;
  readonly refusal?: string;
  readonly status: number;
}

const ITEM = '/oversight/samples/:month/:id';

/** The dip samples: their months, one month, and one decision that is read blind and then graded. */
@Controller('oversight/samples')
export class SamplesController {
  constructor(
    private readonly samples: ReadSamples,
    private readonly redraw: RedrawSample,
    private readonly readItem: ReadSampleItem,
    private readonly readBlind: ReadBlind,
    private readonly gradeSample: GradeSample,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('sample:read')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    const { samples, now } = await this.samples.months(by);
    return view('pages/oversight-samples/samples.njk', { months: presentMonths(samples, now, this.time.zone) });
  }

  /** @param again `yes` draws the sample again, to compare */
  @Get(':month')
  @Needs('sample:read')
  async month(
    @Param('month', MonthPipe) month: string,
    @Query('again') again: unknown,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    const sample = await this.samples.month({ month, by });
    const isReproduced = again === 'yes' ? await this.redraw.execute({ month, by }) : null;
    return view('pages/oversight-samples/sample-month.njk', presentMonth(sample, isReproduced, this.time.zone));
  }

  @Get(':month/:id')
  @Needs('sample:read')
  async show(
    @Param('month', MonthPipe) month: string,
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    return this.page({ month, id }, by, null);
  }

  @Post(':month/:id/blind')
  @FormOn(ITEM)
  @Needs('sample:read')
  async blind(
    @Param('month', MonthPipe) month: string,
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(BlindForm) { form, errors }: Posted<BlindForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page({ month, id }, by, { form, errors, status: 422 });
    const thresholdLevel = Number(form.thresholdLevel) as ThresholdLevel;
    const refusal = await refusalOf(() =>
      this.readBlind.execute({ itemId: id, outcome: form.outcome, thresholdLevel, formId, by }),
    );
    if (refusal !== null) return this.page({ month, id }, by, { form, errors, refusal, status: 409 });
    return redirect(`/oversight/samples/${month}/${id}`, {
      notice: 'Your level and outcome are recorded. This is the decision: grade it now.',
    });
  }

  @Post(':month/:id/grade')
  @FormOn(ITEM)
  @Needs('sample:read')
  async grade(
    @Param('month', MonthPipe) month: string,
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(GradeForm) { form, errors, typed, window }: Posted<GradeForm>,
  ): Promise<Answer> {
    let reopened = false;
    const refusal = errors === null ? await refusalOf(async () => (reopened = await this.graded(id, form, by))) : null;
    if (errors !== null || refusal !== null) {
      const kept = await refusalOf(() => this.drafts.save('sample-grade', id, typed, by, window));
      const status = errors === null ? 409 : 422;
      const why = [refusal, kept].filter((one) => one !== null).join(' ');
      return this.page({ month, id }, by, { form, errors, refusal: why, status });
    }
    await this.drafts.remove('sample-grade', id, by, window);
    const again = 'Your grade is recorded. The referral is open again, and the managers are alerted now.';
    return redirect(`/oversight/samples/${month}/${id}`, { notice: reopened ? again : 'Your grade is recorded.' });
  }

  private async graded(itemId: string, form: GradeForm, by: StaffActor): Promise<boolean> {
    const { grade, words, unsafe, unsafeReason, formId } = form;
    const { reopened } = await this.gradeSample.execute({
      ...{ itemId, grade, words, formId, by, criteria: criteriaIn(form) },
      unsafeReason: unsafe === 'yes' ? unsafeReason : null,
    });
    return reopened;
  }

  private async page(
    { month, id }: { month: string; id: string },
    by: StaffActor,
    unrecorded: Unrecorded | null,
  ): Promise<View> {
    const item = await this.readItem.execute({ id, by });
    if (item.month !== month) throw new Refused('not-found');
    const draft = item.stage === 'to-grade' ? await this.drafts.find('sample-grade', id, by) : null;
    const { form = draft?.typed ?? {}, errors = null, refusal = '', status = 200 } = unrecorded ?? {};
    const fields = new FormFields(form, errors);
    const locals = {
      ...presentItem(item, by, this.time.zone),
      at: `/oversight/samples/${item.month}/${id}`,
      fields: item.stage === 'blind' ? blindFields(fields) : gradeFields(fields),
      formId: randomUUID(),
      draftAt: `/drafts/sample-grade/${id}`,
      draftBegan: stampOf(draft?.savedAt),
      restored: unrecorded === null && draft !== null ? timeInWords(draft.savedAt, this.time.zone) : null,
      errorSummary: errorSummary(errors),
      refusal,
    };
    return view('pages/oversight-samples/sample-item.njk', locals, status);
  }
}
