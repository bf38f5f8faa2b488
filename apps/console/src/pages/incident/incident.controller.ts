import { Controller, Get, Param, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { ReadIncident, SaySameIncident } from '#children';
import { HubTime } from '#deadlines';
import { EndSameIncident } from '#decisions';
import { parseReferralReference } from '#domain';
import { ReadReferral } from '#referrals';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { EndIncidentForm, SameIncidentForm } from './incident.form.ts';
import { presentIncident, type RefusedEnd } from './incident.presenter.ts';

/** The reports of one incident: which referrals a person said to be such, and why one is not after all. */
@Controller('referrals/:reference/incident')
@FormOn('/referrals/:reference/incident')
export class IncidentController {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly readIncident: ReadIncident,
    private readonly saySameIncident: SaySameIncident,
    private readonly endSameIncident: EndSameIncident,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('incident:say')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by, null);
  }

  @Post()
  @Needs('incident:say')
  async say(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(SameIncidentForm) { form }: Posted<SameIncidentForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const other = parseReferralReference(form.other) ?? '';
    const refused = await refusalOf(() => this.saySameIncident.execute({ one: reference, other, formId, by }));
    const decides = may(by, 'referral:decide') ? ' They can be decided by one press.' : '';
    return redirect(
      backTo(form.here, reference),
      refused === null
        ? { notice: `${reference} and ${other} report one incident now.${decides}` }
        : { warning: `Nothing was recorded. ${refused}` },
    );
  }

  @Post('end')
  @Needs('incident:say')
  async end(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(EndIncidentForm) { form, errors }: Posted<EndIncidentForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { said, reason } = form;
    if (errors !== null) return this.page(reference, by, { said, reason, errors }, 422);
    await this.endSameIncident.execute({ said, reason: reason.trim(), formId, by });
    return redirect(`/referrals/${reference}`, { notice: 'Taken back. Each referral counts by itself again.' });
  }

  private async page(reference: string, by: StaffActor, refused: RefusedEnd | null, status = 200): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const said = await this.readIncident.execute(reference, by);
    return view('pages/incident/incident.njk', presentIncident(page, said, refused, this.time.zone), status);
  }
}

/** Only to a page of this referral. */
function backTo(here: string, reference: string): string {
  return here === `/referrals/${reference}/decision` ? here : `/referrals/${reference}`;
}
