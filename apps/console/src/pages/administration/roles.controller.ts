import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { RoleMappings } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { RoleMappingForm } from './administration.form.ts';
import type { Sent } from './administration.presenter.ts';
import { presentRoles } from './roles.presenter.ts';

const AT = '/administration/roles';

/** Which roles at the hub the identity provider's word gives. */
@Controller('administration/roles')
export class RolesController {
  constructor(private readonly mappings: RoleMappings) {}

  @Get()
  @Needs('people:administer')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.all(by, { typed: {}, errors: null });
  }

  @Post()
  @Needs('people:administer')
  async add(
    @SignedIn() by: StaffActor,
    @PostedForm(RoleMappingForm) { form, errors, typed }: Posted<RoleMappingForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { value, role } = form;
    if (errors !== null || role === '') return this.all(by, { typed, errors }, 422);
    const refused = await refusalOf(() => this.mappings.add({ value, role, formId, by }));
    if (refused !== null) return this.all(by, { typed, errors: { value: refused } }, 409);
    return redirect(AT, { notice: `Who signs in with ${value} has that role from now on.` });
  }

  @Post(':id/remove')
  @FormOn(AT)
  @Needs('people:administer')
  async remove(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @FormId() formId: string,
  ): Promise<Answer> {
    await this.mappings.remove({ id, formId, by });
    return redirect(AT, { notice: 'The value gives no role any more.' });
  }

  @Post(':id/up')
  @FormOn(AT)
  @Needs('people:administer')
  async up(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor, @FormId() formId: string): Promise<Answer> {
    await this.mappings.moveUp({ id, formId, by });
    return redirect(AT, { notice: 'The order is changed.' });
  }

  private async all(by: StaffActor, sent: Sent, status = 200): Promise<View> {
    return view('pages/administration/roles.njk', presentRoles(await this.mappings.all(by), sent), status);
  }
}
