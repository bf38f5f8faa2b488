import { Controller, Get, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { localityFaults } from '#domain';
import { PublishLocalities, ReadLocalities } from '#routes';
import type { Typed } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormFields, summaryOf } from '../../shell/forms/form-fields.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import type { ErrorSummaryArgs } from '../../shell/govuk/args.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { fieldOfTeam, fieldsOf, LocalitiesForm, localitiesIn, rowsOf } from './localities.form.ts';

/** The table of localities: which team takes a family, by where it lives. */
@Controller('localities')
export class LocalitiesController {
  constructor(
    private readonly localities: ReadLocalities,
    private readonly publish: PublishLocalities,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('teams:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    const { versions, now } = await this.localities.all(by);
    const { teams, areas } = versions[0]!.localities;
    const of = (code: string, part: 'postcodes' | 'wards') =>
      areas.filter(({ team }) => team === code).flatMap((area) => area[part]).join(', '); // prettier-ignore
    return view('pages/localities/localities.njk', {
      mayChange: may(by, 'teams:change'),
      teams: teams.map(({ code, name, email = '' }) => ({
        ...{ name, email, postcodes: of(code, 'postcodes'), wards: of(code, 'wards') },
      })),
      versions: versions.map(({ version, madeBy, reason, effectiveFrom }) => ({
        version,
        from: madeBy === null ? 'the beginning' : dayAndTime(effectiveFrom, now, this.time.zone),
        madeBy: madeBy ?? 'The service: an example',
        reason: reason ?? '',
      })),
    });
  }

  @Get('change')
  @Needs('teams:change')
  async change(@SignedIn() by: StaffActor): Promise<Answer> {
    const { version, localities } = await this.localities.inForce(by);
    return this.page({ ...fieldsOf(localities), seen: String(version) }, null, null);
  }

  @Post('change')
  @Needs('teams:change')
  async changed(
    @SignedIn() by: StaffActor,
    @PostedForm(LocalitiesForm) { form, errors, typed }: Posted<LocalitiesForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const localities = localitiesIn(typed);
    const faults = [
      ...localityFaults(localities).map(({ message }) => ({ href: `#${fieldOfTeam(0, 'name')}`, text: message })),
      ...Object.entries(errors ?? {}).map(([name, text]) => ({ href: `#${name}`, text })),
    ];
    if (faults.length > 0) return this.page(typed, summaryOf(faults), null, 422);
    const command = { localities, reason: form.reason.trim(), seen: Number(form.seen), formId, by };
    const refusal = await refusalOf(() => this.publish.execute(command));
    if (refusal !== null) return this.page(typed, null, refusal, 409);
    return redirect('/localities', {
      notice: 'The table is in force. Families that were sent before stay where they are.',
    });
  }

  private page(typed: Typed, errorSummary: ErrorSummaryArgs | null, refusal: string | null, status = 200): View {
    const fields = new FormFields(typed, null);
    const rows = Array.from({ length: rowsOf(typed) }, (_, index) => ({
      legend: typed[fieldOfTeam(index, 'name')] || 'Another team',
      codeName: fieldOfTeam(index, 'code'),
      code: typed[fieldOfTeam(index, 'code')] ?? '',
      name: fields.input(fieldOfTeam(index, 'name'), { label: 'Name' }),
      email: fields.input(fieldOfTeam(index, 'email'), { label: 'E-mail', hint: 'May stay empty' }),
      postcodes: fields.textarea(
        fieldOfTeam(index, 'postcodes'),
        { label: 'Postcodes', hint: 'Districts, sectors and whole postcodes, such as OL6, SK14 3, SK14 8ZZ' },
        { rows: 2 },
      ),
      wards: fields.textarea(
        fieldOfTeam(index, 'wards'),
        { label: 'Wards and towns', hint: 'For an address without a postcode' },
        { rows: 2 },
      ),
    }));
    const locals = {
      ...{ rows, errorSummary, refusal, seen: typed['seen'] },
      reason: fields.textarea('reason', { label: 'Why does this change?' }, { rows: 2 }),
    };
    return view('pages/localities/localities-change.njk', locals, status);
  }
}
