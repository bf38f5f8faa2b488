import { may, Needs, type StaffActor } from '#access';
import { HubTime, ReadVersions } from '#deadlines';
import { Controller, Get, Post, Query } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { VersionForms } from '../policy/version-forms.ts';
import { VersionForm } from '../policy/version.form.ts';
import { CALENDAR, presentCalendar } from './calendar.presenter.ts';

@Controller('calendar')
export class CalendarController {
  constructor(
    private readonly forms: VersionForms,
    private readonly read: ReadVersions,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('policy:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    const calendar = presentCalendar(await this.read.calendar(by), this.time.zone);
    return view('pages/calendar/calendar.njk', { ...calendar, mayChange: may(by, 'policy:change') });
  }

  @Get('change')
  @Needs('policy:change')
  async change(@Query('base') base: unknown, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.forms.show(CALENDAR, await this.read.calendar(by), base);
  }

  @Post('change')
  @Needs('policy:change')
  async changed(
    @SignedIn() by: StaffActor,
    @PostedForm(VersionForm) posted: Posted<VersionForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    return this.forms.receive(CALENDAR, await this.read.calendar(by), posted, { formId, by });
  }
}
