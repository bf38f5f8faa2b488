import { Agencies, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { parseReferralReference } from '#domain';
import { isUuid, Refused } from '#platform';
import { Consultations, EndConsultation, type EndOfConsultation } from '#referrals';
import { Drafts, stampOf } from '#work';
import { randomUUID } from 'node:crypto';
import { Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { presentAdvice } from '../../shell/referral/consultations.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { consultedIn } from './consulted-children.ts';
import { referralFrom } from './referral-from.ts';
import { CameForm, ConsultationForm, NotExpectedForm } from './consultation.form.ts';
import { presentConsultation } from './consultation.presenter.ts';

/** Advice that was given to a person who asked and did not refer. */
@Controller('consultations')
export class ConsultationController {
  constructor(
    private readonly consultations: Consultations,
    private readonly endConsultation: EndConsultation,
    private readonly agencies: Agencies,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('consultation:record')
  async list(@SignedIn() by: StaffActor, @Query('one') one?: unknown): Promise<Answer> {
    if (one === undefined) return this.given(null, by);
    if (typeof one !== 'string' || !isUuid(one)) throw new NotFoundException();
    return this.given(one, by);
  }

  @Get('new')
  @Needs('consultation:record')
  begin(): Answer {
    return redirect(`/consultations/${randomUUID()}`);
  }

  @Get(':form')
  @Needs('consultation:record')
  async show(@Param('form', UuidPipe) form: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const draft = await this.drafts.find('consultation', form, by);
    if (draft === null && (await this.drafts.isLate(form, by))) {
      return redirect('/consultations', {
        warning: 'That form has been recorded: it is among the advice given.',
      });
    }
    return this.page(form, draft?.typed ?? {}, null, draft?.savedAt);
  }

  @Post(':form')
  @Needs('consultation:record')
  async record(
    @Param('form', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ConsultationForm) { form, errors, typed, window }: Posted<ConsultationForm>,
  ): Promise<Answer> {
    const known = (await this.agencies.all()).some(({ id: agency }) => agency === form.agency);
    const consulted = consultedIn(typed);
    const wrong = { ...(known ? {} : { agency: 'Select an agency' }), ...errors, ...consulted.errors };
    if (Object.keys(wrong).length > 0) {
      const savedAt = await this.drafts.save('consultation', id, typed, by);
      return this.page(id, typed, wrong, savedAt, 422);
    }
    const { agency: agencyId, ...said } = form;
    try {
      await this.consultations.record({ id, agencyId, ...said, children: consulted.children }, by);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // It was recorded as it was first sent: what has been written since is another record.
      const another = randomUUID();
      const savedAt = await this.drafts.save('consultation', another, typed, by);
      const advice = 'This form was recorded already as it was before. Send it again to record this beside it';
      return this.page(another, typed, { advice }, savedAt, 409);
    }
    await this.drafts.remove('consultation', id, by, window);
    return redirect('/consultations', { notice: 'The advice you gave is recorded.' });
  }

  @Post(':form/discard')
  @FormOn('/telephone')
  @Needs('consultation:record')
  async discard(@Param('form', UuidPipe) form: string, @SignedIn() by: StaffActor): Promise<Answer> {
    await this.drafts.remove('consultation', form, by);
    return redirect('/telephone', { notice: 'The unfinished form is gone.' });
  }

  /** Begins a referral with what the advice says; the form is linked with it. Pressed twice it is one form. */
  @Post(':form/refer')
  @FormOn('/consultations')
  @Needs('referral:take-down')
  async refer(
    @Param('form', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { consultations } = await this.consultations.readOne(id, by);
    if ((await this.drafts.find('referral', formId, by)) === null)
      await this.drafts.save('referral', formId, referralFrom(consultations[0]!), by);
    return redirect(`/telephone/${formId}`);
  }

  /** A person says which referral came of it. */
  @Post(':form/came')
  @FormOn('/consultations')
  @Needs('consultation:record')
  async came(
    @Param('form', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(CameForm) { form, errors }: Posted<CameForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const reference = parseReferralReference(form.reference);
    const fault =
      errors?.['reference'] ?? (reference === null ? 'Enter a whole reference, such as MASH-7K3F-9QXT' : null);
    if (fault !== null || reference === null) return this.given(id, by, { form, errors: { reference: fault! } });
    const refused = await this.refusalOfEnd(id, { reference }, formId, by);
    const at = form.here === 'referral' ? `/referrals/${reference}` : `/consultations?one=${id}`;
    return redirect(
      at,
      refused === null
        ? { notice: `${reference} is the referral that came of the advice.` }
        : { warning: `Nothing was recorded. ${refused}` },
    );
  }

  /** A person says why no referral is expected any more. */
  @Post(':form/not-expected')
  @FormOn('/consultations')
  @Needs('consultation:record')
  async notExpected(
    @Param('form', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(NotExpectedForm) { form, errors }: Posted<NotExpectedForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.given(id, by, { form, errors });
    const refused = await this.refusalOfEnd(id, { reason: form.reason.trim() }, formId, by);
    return redirect(
      `/consultations?one=${id}`,
      refused === null
        ? { notice: 'No referral is expected any more.' }
        : { warning: `Nothing was recorded. ${refused}` },
    );
  }

  private async refusalOfEnd(id: string, end: EndOfConsultation, formId: string, by: StaffActor) {
    try {
      return await refusalOf(() => this.endConsultation.execute({ id, end, formId, by }));
    } catch (error) {
      // The advice is there: it is the reference that no referral has.
      if (!(error instanceof Refused) || !('reference' in end) || !(await this.consultations.isRecorded(id, by)))
        throw error;
      return 'There is no referral of that reference.';
    }
  }

  /** The advice that was given: the latest, or one with what can be done about it. */
  private async given(
    one: string | null,
    by: StaffActor,
    { form, errors }: { readonly form: object; readonly errors: FormErrors | null } = { form: {}, errors: null },
  ): Promise<View> {
    const { consultations, now } = await (one === null
      ? this.consultations.read(by)
      : this.consultations.readOne(one, by));
    const fields = new FormFields(form, errors);
    const locals = {
      isOne: one !== null,
      consultations: consultations.map((each) =>
        presentAdvice(each, (instant) => dayAndTime(instant, now, this.time.zone)),
      ),
      reference: fields.input('reference', { label: 'Its reference', classes: 'govuk-input--width-10' }),
      reason: fields.textarea('reason', { label: 'Why none is expected' }, { rows: 3 }),
      errorSummary: errorSummary(errors),
    };
    return view('pages/consultation/consultations.njk', locals, errors === null ? 200 : 422);
  }

  private async page(
    id: string,
    form: object,
    errors: FormErrors | null,
    savedAt: Temporal.Instant | undefined,
    status = 200,
  ): Promise<View> {
    const locals = {
      ...presentConsultation(new FormFields(form, errors), errors, await this.agencies.all()),
      errorSummary: errorSummary(errors),
      at: `/consultations/${id}`,
      draftAt: `/drafts/consultation/${id}`,
      draftBegan: stampOf(savedAt),
    };
    return view('pages/consultation/consultation.njk', locals, status);
  }
}
