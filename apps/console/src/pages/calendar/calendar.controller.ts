import { may, Needs, type StaffActor } from '#access';
import { HubTime, PreviewVersion, PublishVersion, ReadVersions } from '#deadlines';
import { bankHolidaysOf, dateInWords, WEEKDAYS, type CalendarData } from '#domain';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { DAY_NAMES } from '../../shell/words/words.ts';
import { fieldOf, fromFields, toFields } from './calendar.form.ts';
import { presentVersions } from '../policy/versions.presenter.ts';
import { VersionForm } from '../policy/version-form.ts';

@Controller('calendar')
export class CalendarController {
  private readonly form: VersionForm<CalendarData>;

  constructor(
    private readonly read: ReadVersions,
    private readonly time: HubTime,
    preview: PreviewVersion,
    publish: PublishVersion,
  ) {
    const shape = {
      view: 'pages/calendar/calendar-change.njk',
      readAt: '/calendar',
      toFields,
      fromFields,
      fieldOf,
      asVersion: (calendar: CalendarData) => ({ kind: 'calendar', calendar }) as const,
      more: () => ({ days: WEEKDAYS.map((code) => ({ code, name: DAY_NAMES[code] })) }),
    };
    this.form = new VersionForm(shape, preview, publish, time.zone);
  }

  @Get()
  @Needs('policy:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    const page = await this.read.calendar();
    const inForce = page.versions.find(({ isInForce }) => isInForce)!;
    const today = page.now.toZonedDateTimeISO(this.time.zone).toPlainDate();
    const ahead = (days: readonly string[]) => days.filter((day) => day >= today.toString()).map((day) => inWords(day));
    return view('pages/calendar/calendar.njk', {
      mayChange: may(by, 'policy:change'),
      version: inForce.version,
      days: WEEKDAYS.map((day) => ({ name: DAY_NAMES[day], hours: inForce.data.opening[day] })),
      closures: ahead(inForce.data.localClosures),
      bankHolidays: ahead([today.year, today.year + 1].flatMap((year) => bankHolidaysOf(year))),
      versions: presentVersions(page, this.time.zone),
    });
  }

  @Get('change')
  @Needs('policy:change')
  async change(@Query('base') base: unknown): Promise<Answer> {
    return this.form.show(await this.read.calendar(), base);
  }

  @Post('change')
  @Needs('policy:change')
  async changed(@SignedIn() by: StaffActor, @Body() body: unknown): Promise<Answer> {
    return this.form.receive(await this.read.calendar(), body, by);
  }
}

function inWords(day: string): string {
  return dateInWords(Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant(), 'UTC');
}
