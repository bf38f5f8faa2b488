import { Controller, Get, Param, Post } from '@nestjs/common';
import { Agencies, Needs, Staff, type StaffActor } from '#access';
import { Refused } from '#platform';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { AgencyPersonForm, CorrectAgencyForm, SuspendAgencyForm } from './administration.form.ts';
import { confirmSuspended } from './confirm.presenter.ts';
import { ShowAgency } from './show-agency.ts';

/** What an agency is called, who of it may sign in and refer by the form, and whether it may do anything here. */
@Controller('administration/agencies/:id')
export class AgencyPeopleController {
  constructor(
    private readonly agencies: Agencies,
    private readonly staff: Staff,
    private readonly showAgency: ShowAgency,
  ) {}

  /** A person of the agency, who signs in, refers by the form and answers what the hub asks. */
  @Post('people')
  @FormOn('/administration/agencies/:id')
  @Needs('people:administer')
  async addPerson(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(AgencyPersonForm) { form, errors, typed }: Posted<AgencyPersonForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.showAgency.page(id, by, { typed, errors }, 422);
    const { name } = await this.showAgency.find(id, by);
    const { personName, subject, email } = form;
    const person = { name: personName, subject, email, role: 'partner' as const, agencyId: id, alertGroups: [] };
    const refused = await refusalOf(() => this.staff.add(person, by, formId));
    if (refused !== null) return this.showAgency.page(id, by, { typed, errors: { subject: refused } }, 409);
    return redirect(`/administration/agencies/${id}`, { notice: `${personName} may sign in and refer for ${name}.` });
  }

  @Post('name')
  @FormOn('/administration/agencies/:id')
  @Needs('agencies:administer')
  async correct(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(CorrectAgencyForm) { form, errors, typed }: Posted<CorrectAgencyForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.showAgency.page(id, by, { typed, errors }, 422);
    const right = { name: form.agencyName, kind: form.agencyKind };
    const refused = await refusalOf(() => this.agencies.correct(id, right, by, formId));
    if (refused !== null) return this.showAgency.page(id, by, { typed, errors: { agencyName: refused } }, 409);
    return redirect(`/administration/agencies/${id}`, { notice: `It is ${right.name} on every page from now on.` });
  }

  @Get('suspend-agency')
  @Needs('agencies:administer')
  async confirm(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const agency = await this.showAgency.find(id, by);
    if (agency.suspendedAt !== null) throw new Refused('not-found');
    return view('pages/administration/confirm.njk', confirmSuspended(agency));
  }

  @Post('suspend-agency')
  @FormOn('/administration/agencies/:id')
  @Needs('agencies:administer')
  async suspendAgency(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(SuspendAgencyForm) { form, errors }: Posted<SuspendAgencyForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) throw new Refused('not-found');
    await this.agencies.suspend(id, form.act === 'suspend', by, formId);
    const notice =
      form.act === 'suspend'
        ? 'The agency is suspended: its people are signed out, and nothing that its programs send is taken.'
        : 'The people and the programs of the agency are let in again.';
    return redirect(`/administration/agencies/${id}`, { notice });
  }
}
