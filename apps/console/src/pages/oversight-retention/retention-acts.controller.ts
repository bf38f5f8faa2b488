import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { plannedDay } from '#domain';
import { Refused } from '#platform';
import { Holds, KeepRecord, PublishSchedule, ReadRetention } from '#retention';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { byName } from '../../shell/forms/fields.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { EndHoldForm, HoldForm, KeepRecordForm, ScheduleForm } from './retention.form.ts';
import { classesInWords } from './retention.presenter.ts';

/** Keeping a record longer, holds, and the schedule: each on a page of its own. */
@Controller('oversight/retention')
export class RetentionActsController {
  constructor(
    private readonly retention: ReadRetention,
    private readonly keepRecord: KeepRecord,
    private readonly holds: Holds,
    private readonly publishSchedule: PublishSchedule,
  ) {}

  @Get('keep')
  @Needs('retention:decide')
  showKeep(@Query('proposal') proposal: unknown): Answer {
    return keepPage({ proposal: typeof proposal === 'string' ? proposal : '' }, null, '');
  }

  @Post('keep')
  @Needs('retention:decide')
  async keep(
    @SignedIn() by: StaffActor,
    @PostedForm(KeepRecordForm) { form, errors }: Posted<KeepRecordForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return keepPage(form, errors, '');
    const { proposal, why } = form;
    const command = { proposal, until: plannedDay(form.until), why, formId, by };
    const refusal = await refusalOf(() => this.keepRecord.execute(command));
    return refusal === null ? redirect('/oversight/retention') : keepPage(form, null, refusal);
  }

  @Get('hold')
  @Needs('retention:hold')
  showHold(): Answer {
    return holdPage({}, null, '');
  }

  @Post('hold')
  @Needs('retention:hold')
  async hold(
    @SignedIn() by: StaffActor,
    @PostedForm(HoldForm) { form, errors }: Posted<HoldForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return holdPage(form, errors, '');
    const reference = form.reference === '' ? null : form.reference;
    try {
      await this.holds.set({ reference, reason: form.reason, formId, by });
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'not-found') throw error;
      return holdPage(form, { reference: 'There is no referral of this reference' }, '');
    }
    return redirect('/oversight/retention');
  }

  @Get('holds/:id/end')
  @Needs('retention:decide')
  showEnd(): Answer {
    return endPage({}, null, '');
  }

  @Post('holds/:id/end')
  @Needs('retention:decide')
  async end(
    @Param('id') id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(EndHoldForm) { form, errors }: Posted<EndHoldForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return endPage(form, errors, '');
    const refusal = await refusalOf(() => this.holds.end({ id, reason: form.reason, formId, by }));
    return refusal === null ? redirect('/oversight/retention') : endPage(form, null, refusal);
  }

  @Get('schedule')
  @Needs('retention:decide')
  async showSchedule(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.schedulePage(by, null, null, '');
  }

  @Post('schedule')
  @Needs('retention:decide')
  async publish(
    @SignedIn() by: StaffActor,
    @PostedForm(ScheduleForm) { form, errors }: Posted<ScheduleForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.schedulePage(by, form, errors, '');
    const looks = byName(form.looks);
    const periods = [...byName(form.years)].map(([name, years]) => ({
      ...{ name, years: Number(years), looksFirst: looks.get(name) !== 'no' },
    }));
    const leavers = { contactDays: Number(form.contactDays), nameYears: Number(form.nameYears) };
    const command = { periods, leavers, reason: form.reason, seen: Number(form.seen), formId, by };
    const refusal = await refusalOf(() => this.publishSchedule.execute(command));
    return refusal === null ? redirect('/oversight/retention') : this.schedulePage(by, form, null, refusal);
  }

  private async schedulePage(
    by: StaffActor,
    typed: ScheduleForm | null,
    errors: FormErrors | null,
    refusal: string,
  ): Promise<Answer> {
    const { version, schedule } = (await this.retention.execute(by)).schedule;
    const [years, looks] = [byName(typed?.years ?? []), byName(typed?.looks ?? [])];
    const classes = classesInWords(schedule).map((one) => ({
      ...one,
      typedYears: years.get(one.name) ?? one.years,
      isLooking: looks.has(one.name) ? looks.get(one.name) === 'yes' : one.looksFirst,
    }));
    const { contactDays, nameYears } = schedule.leavers;
    const before = { contactDays: String(contactDays), nameYears: String(nameYears) };
    const fields = new FormFields({ ...before, ...typed }, errors);
    const width = { classes: 'govuk-input--width-3', inputmode: 'numeric' } as const;
    const leavers = [
      fields.input(
        'contactDays',
        { label: 'Days until the e-mail address and telephone number of a person who left are removed' },
        width,
      ),
      fields.input(
        'nameYears',
        { label: 'Years until the name of a person who left is replaced by their role' },
        width,
      ),
    ];
    const reason = fields.textarea('reason', {
      label: 'What does it follow?',
      hint: 'Such as the name and the date of the council’s retention schedule',
    });
    const locals = { classes, leavers, seen: version, reason, refusal, errorSummary: errorSummary(errors) };
    return view('pages/oversight-retention/schedule.njk', locals, statusOf(errors, refusal));
  }
}

const statusOf = (errors: FormErrors | null, refusal: string) => (errors !== null ? 422 : refusal === '' ? 200 : 409);

function keepPage(typed: Partial<KeepRecordForm>, errors: FormErrors | null, refusal: string): Answer {
  const fields = new FormFields(typed, errors);
  return actPage(errors, refusal, {
    heading: 'Keep a record longer',
    hidden: { proposal: typed.proposal ?? '' },
    fields: [
      {
        input: fields.input(
          'until',
          {
            label: 'Kept until the end of',
            hint: 'Year, month and day, such as 2035-06-30. It is proposed again after that day',
          },
          { classes: 'govuk-input--width-10' },
        ),
      },
      {
        textarea: fields.textarea('why', {
          label: 'Why is it kept longer?',
          hint: 'Such as a claim. Do not name the child',
        }),
      },
    ],
    button: 'Keep it',
  });
}

function holdPage(typed: Partial<HoldForm>, errors: FormErrors | null, refusal: string): Answer {
  const fields = new FormFields(typed, errors);
  return actPage(errors, refusal, {
    heading: 'Set a hold',
    text: 'Nothing that a hold covers is destroyed, also where two people have approved it.',
    fields: [
      {
        input: fields.input(
          'reference',
          { label: 'Reference (optional)', hint: 'Leave it empty to hold every record' },
          { classes: 'govuk-input--width-20' },
        ),
      },
      {
        textarea: fields.textarea('reason', {
          label: 'Why must it be kept?',
          hint: 'Such as an inquiry, a claim, or a request of a person to see their record. Do not name the child',
        }),
      },
    ],
    button: 'Set the hold',
  });
}

function endPage(typed: Partial<EndHoldForm>, errors: FormErrors | null, refusal: string): Answer {
  return actPage(errors, refusal, {
    heading: 'End a hold',
    text: 'What it covered and is due is proposed for destruction within the hour.',
    fields: [{ textarea: new FormFields(typed, errors).textarea('reason', { label: 'Why does it end?' }) }],
    button: 'End the hold',
  });
}

function actPage(errors: FormErrors | null, refusal: string, locals: object): Answer {
  const all = { text: '', hidden: {}, ...locals, refusal, errorSummary: errorSummary(errors) };
  return view('pages/oversight-retention/act.njk', all, statusOf(errors, refusal));
}
