import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { Refused } from '#platform';
import { ChangeHours, ReadHolders } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { HoursForm } from './hours.form.ts';

/** How much of a full caseload a person has: less for who works fewer hours, or is newly qualified. */
@Controller('workload/:person/hours')
export class HoursController {
  constructor(
    private readonly changeHours: ChangeHours,
    private readonly readHolders: ReadHolders,
  ) {}

  @Get()
  @Needs('claim:assign')
  async show(@Param('person') person: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const { hoursPercent } = await this.personOf(person, by);
    return this.page(person, by, { hours: String(hoursPercent) }, null);
  }

  @Post()
  @Needs('claim:assign')
  async change(
    @Param('person') person: string,
    @SignedIn() by: StaffActor,
    @PostedForm(HoursForm) { form, errors }: Posted<HoursForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(person, by, form, errors, 422);
    const { name } = await this.personOf(person, by);
    await this.changeHours.execute({ personId: person, hoursPercent: Number(form.hours), formId, by });
    return redirect('/workload', { notice: `${name} has ${form.hours} % of a full caseload now.` });
  }

  private async personOf(id: string, by: StaffActor) {
    const { people } = await this.readHolders.execute(by);
    const person = people.find((one) => one.id === id);
    if (person === undefined) throw new Refused('not-found');
    return person;
  }

  private async page(id: string, by: StaffActor, form: object, errors: FormErrors | null, status = 200): Promise<View> {
    const { name, points, cap } = await this.personOf(id, by);
    const hours = new FormFields(form, errors).input(
      'hours',
      {
        label: 'Per cent of full hours',
        hint: 'Less for a person who works fewer hours, or is newly qualified',
        classes: 'govuk-input--width-3',
      },
      { inputmode: 'numeric' },
    );
    return view('pages/workload/hours.njk', { name, points, cap, hours, errorSummary: errorSummary(errors) }, status);
  }
}
