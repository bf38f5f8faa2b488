import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, Staff, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadReferral } from '#referrals';
import { ChangeAccess, EndRestriction, KeepRestriction, ReadRestrictions, RestrictReferral } from '#restrictions';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { AccessForm, EndForm, KeepForm, RestrictForm } from './restriction.form.ts';
import { presentRestricting, presentRestriction, type Sent } from './restriction.presenter.ts';

const NOTHING: Sent = { typed: {}, errors: null };

/** Who may open a referral. */
@Controller('referrals/:reference/restriction')
export class RestrictionController {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly restrictions: ReadRestrictions,
    private readonly restrictReferral: RestrictReferral,
    private readonly changeAccess: ChangeAccess,
    private readonly keepRestriction: KeepRestriction,
    private readonly endRestriction: EndRestriction,
    private readonly staff: Staff,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('restriction:manage')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by, NOTHING);
  }

  @Post()
  @Needs('restriction:manage')
  async restrict(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(RestrictForm) { form, errors, typed }: Posted<RestrictForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { category, reason, people } = form;
    const sent = { ...typed, children: form.children, people };
    if (errors !== null || category === '') return this.page(reference, by, { typed: sent, errors }, 422);
    const children = form.children.map(Number);
    const command = { reference, category, reason, children, people, formId, by };
    const refused = await refusalOf(() => this.restrictReferral.execute(command));
    if (refused !== null) return this.page(reference, by, { typed: sent, errors: { people: refused } }, 409);
    return redirect(`/referrals/${reference}/restriction`, { notice: `${reference} is restricted.` });
  }

  @Post('access')
  @FormOn('/referrals/:reference/restriction')
  @Needs('restriction:manage')
  async access(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(AccessForm) { form, errors, typed }: Posted<AccessForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { restriction: restrictionId, person: personId, access } = form;
    if (errors !== null || access === '') return this.page(reference, by, { typed, errors }, 422);
    const command = { reference, restrictionId, personId, access, formId, by };
    const refused = await refusalOf(() => this.changeAccess.execute(command));
    if (refused !== null) return this.page(reference, by, { typed, errors: { access: refused } }, 409);
    return redirect(`/referrals/${reference}/restriction`, { notice: 'It is recorded who may open it.' });
  }

  @Post('keep')
  @FormOn('/referrals/:reference/restriction')
  @Needs('restriction:manage')
  async keep(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(KeepForm) { form }: Posted<KeepForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    await this.keepRestriction.execute({ reference, restrictionId: form.restriction, formId, by });
    return redirect(`/referrals/${reference}/restriction`, { notice: 'The restriction stays for 90 more days.' });
  }

  @Post('end')
  @FormOn('/referrals/:reference/restriction')
  @Needs('restriction:manage')
  async end(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(EndForm) { form, errors, typed }: Posted<EndForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(reference, by, { typed, errors }, 422);
    const { restriction: restrictionId, endReason: reason } = form;
    await this.endRestriction.execute({ reference, restrictionId, reason, formId, by });
    return redirect(`/referrals/${reference}`, { notice: 'The restriction has ended.' });
  }

  private async page(reference: string, by: StaffActor, sent: Sent, status = 200): Promise<View> {
    const restrictions = await this.restrictions.ofReferral(reference, by);
    const people = (await this.staff.all()).filter(({ role }) => role !== 'administrator');
    const page = await this.readReferral.execute({ reference, by });
    const times = { now: page.now, zone: this.time.zone };
    const locals =
      restrictions.length === 0
        ? presentRestricting(page, people, by, sent)
        : presentRestriction(page, restrictions, people, sent, times);
    const template = restrictions.length === 0 ? 'restrict' : 'restriction';
    return view(`pages/restriction/${template}.njk`, locals, status);
  }
}
