import { Controller, Get, Param, Post } from '@nestjs/common';
import { Agencies, may, Needs, Staff, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { Refused } from '#platform';
import { ChangeEmail, ChangeRole, LeaveHub, ReadPeople } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { EmailForm, PersonForm, RoleForm } from './administration.form.ts';
import type { Sent } from './administration.presenter.ts';
import { confirmLeft } from './confirm.presenter.ts';
import { presentPeople, presentPerson } from './people.presenter.ts';
import { SignOutEverywhere } from '../../shell/session/sign-out-everywhere.ts';

const NOTHING: Sent = { typed: {}, errors: null };

/** The people who sign in: those of the hub, and the partners of agencies. */
@Controller('administration/people')
export class PeopleController {
  constructor(
    private readonly people: ReadPeople,
    private readonly staff: Staff,
    private readonly agencies: Agencies,
    private readonly changeEmail: ChangeEmail,
    private readonly changeRole: ChangeRole,
    private readonly signOutEverywhere: SignOutEverywhere,
    private readonly leaveHub: LeaveHub,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('people:administer')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.all(by, NOTHING);
  }

  @Post()
  @Needs('people:administer')
  async add(
    @SignedIn() by: StaffActor,
    @PostedForm(PersonForm) { form, errors, typed }: Posted<PersonForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { name, subject, email, role, agency, groups } = form;
    const said = { ...typed, groups };
    if (errors !== null || role === '') return this.all(by, { typed: said, errors }, 422);
    const isPartner = role === 'partner';
    if (isPartner && !(await this.agencies.all()).some(({ id }) => id === agency)) {
      return this.all(by, { typed: said, errors: { agency: 'Select the agency that the partner works for' } }, 422);
    }
    // An alert is for a person who can open it and acknowledge it.
    const answers = may({ kind: 'staff', id: '', name, role }, 'alert:acknowledge');
    const person = { name, subject, email, role, alertGroups: answers ? groups : [] };
    const refused = await refusalOf(() =>
      this.staff.add({ ...person, ...(isPartner && { agencyId: agency }) }, by, formId),
    );
    if (refused !== null) return this.all(by, { typed: said, errors: { subject: refused } }, 409);
    return redirect('/administration/people', { notice: `${name} may sign in now.` });
  }

  @Get(':id')
  @Needs('people:administer')
  async one(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.person(id, by, NOTHING);
  }

  @Post(':id/email')
  @FormOn('/administration/people/:id')
  @Needs('people:administer')
  async email(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(EmailForm) { form, errors, typed }: Posted<EmailForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.person(id, by, { typed, errors }, 422);
    const refused = await refusalOf(() => this.changeEmail.execute({ personId: id, email: form.email, formId, by }));
    if (refused !== null) return this.person(id, by, { typed, errors: { email: refused } }, 409);
    return redirect(`/administration/people/${id}`, { notice: 'The e-mail address is changed.' });
  }

  @Post(':id/role')
  @FormOn('/administration/people/:id')
  @Needs('people:administer')
  async role(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(RoleForm) { form, errors, typed }: Posted<RoleForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { role, groups } = form;
    const said = { ...typed, groups };
    if (errors !== null || role === '') return this.person(id, by, { typed: said, errors }, 422);
    const refused = await refusalOf(() => this.changeRole.execute({ personId: id, role, groups, formId, by }));
    if (refused !== null) return this.person(id, by, { typed: said, errors: { role: refused } }, 409);
    return redirect(`/administration/people/${id}`, { notice: 'What the person does is changed.' });
  }

  @Post(':id/sign-out')
  @FormOn('/administration/people/:id')
  @Needs('people:administer')
  async signOut(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @FormId() formId: string,
  ): Promise<Answer> {
    const sessions = await this.signOutEverywhere.execute({ personId: id, formId, by });
    const where = sessions === 1 ? 'in one place' : `in ${sessions} places`;
    const notice = sessions === 0 ? 'They were not signed in anywhere.' : `They are signed out ${where}.`;
    return redirect(`/administration/people/${id}`, { notice });
  }

  /** Leaving takes back more than one press could give again: it is asked once. */
  @Get(':id/left')
  @Needs('people:administer')
  async confirm(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const { person } = await this.people.one(id, by);
    if (!person.isActive) throw new Refused('not-found');
    return view('pages/administration/confirm.njk', confirmLeft(person));
  }

  @Post(':id/left')
  @Needs('people:administer')
  async left(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor, @FormId() formId: string): Promise<Answer> {
    let left = { released: 0, turns: 0 };
    const refused = await refusalOf(async () => {
      left = await this.leaveHub.execute({ personId: id, formId, by });
    });
    if (refused !== null) {
      return redirect(`/administration/people/${id}`, { warning: `Nothing was recorded. ${refused}` });
    }
    const { released, turns } = left;
    const back = released === 0 ? '' : ` The referrals that were with them are back on the queue: ${released}.`;
    const ended =
      turns === 0 ? '' : ` Their turns on the rota have ended: ${turns}. Tell a manager, who sees the gaps there.`;
    const notice = `They are signed out, and no alert goes to them.${back}${ended}`;
    return redirect('/administration/people', { notice });
  }

  private async all(by: StaffActor, sent: Sent, status = 200): Promise<View> {
    const { people } = await this.people.execute(by);
    const locals = presentPeople(people, await this.agencies.inFull(by), sent);
    return view('pages/administration/people.njk', locals, status);
  }

  private async person(id: string, by: StaffActor, sent: Sent, status = 200): Promise<View> {
    const { person, now } = await this.people.one(id, by);
    const locals = presentPerson(person, sent, { now, zone: this.time.zone });
    return view('pages/administration/person.njk', locals, status);
  }
}
