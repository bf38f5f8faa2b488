import { Controller, Get, Param, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime, Policies } from '#deadlines';
import { followUpSpan } from '#domain';
import { AgenciesToAsk, AskAgency, ReadLateAddition } from '#partners';
import { ReadReferral } from '#referrals';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { AroundReferral } from '../../shell/referral/around-referral.ts';
import { spanInWords } from '../../shell/words/policy-words.ts';
import { AskForm, LateAdditionForm } from './agencies.form.ts';
import { presentAgencies } from './agencies.presenter.ts';

/** What the agencies are asked about a referral, and what they answered. */
@Controller('referrals/:reference/agencies')
export class AgenciesController {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly around: AroundReferral,
    private readonly agenciesToAsk: AgenciesToAsk,
    private readonly askAgency: AskAgency,
    private readonly readLateAddition: ReadLateAddition,
    private readonly policies: Policies,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('information:read')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by, new AskForm(), null);
  }

  @Post()
  @Needs('information:ask')
  async ask(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(AskForm) { form, errors }: Posted<AskForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { agencies, whatFor, whyNow, power } = form;
    if (errors !== null || power === '') return this.page(reference, by, form, errors, 422);
    const children = form.children.map(Number);
    const asked = { reference, agencies, children, whatFor: whatFor.trim(), whyNow: whyNow.trim(), power, formId, by };
    const refused = await refusalOf(() => this.askAgency.execute(asked));
    if (refused !== null) return this.page(reference, by, form, { agencies: refused }, 409);
    const many = agencies.length === 1 ? 'One agency is' : `${agencies.length} agencies are`;
    return redirect(`/referrals/${reference}/agencies`, { notice: `${many} asked about ${reference}.` });
  }

  @Post('addition')
  @FormOn('/referrals/:reference/agencies')
  @Needs('information:ask')
  async read(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(LateAdditionForm) { form, errors }: Posted<LateAdditionForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { addition, follows } = form;
    if (errors !== null) return this.page(reference, by, { ...new AskForm(), follows }, errors, 422);
    const note = follows.trim();
    const refused = await refusalOf(() => this.readLateAddition.execute({ reference, addition, note, formId, by }));
    if (refused !== null) return this.page(reference, by, { ...new AskForm(), follows }, { follows: refused }, 409);
    return redirect(`/referrals/${reference}/agencies`, { notice: 'It is read. Its alerts end.' });
  }

  private async page(
    reference: string,
    by: StaffActor,
    form: AskForm & Partial<LateAdditionForm>,
    errors: FormErrors | null,
    status = 200,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const mayAsk = may(by, 'information:ask');
    const { policy } = await this.policies.inForce();
    const { requests, additions, files } = await this.around.of(page, by);
    const within = spanInWords(followUpSpan(policy, 'information_request', page.rating));
    const shown = {
      requests,
      additions,
      files,
      within,
      mayAsk,
      toAsk: mayAsk ? await this.agenciesToAsk.execute(by) : [],
    };
    return view('pages/agencies/agencies.njk', presentAgencies(page, shown, form, errors, this.time.zone), status);
  }
}
