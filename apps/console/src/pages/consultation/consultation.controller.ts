import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { IsIn, IsUUID, Matches, MaxLength } from 'class-validator';
import { AgencyCredentials, Drafts, Needs, stampOf } from '#access';
import { CONSULTATION_OUTCOMES, Consultations } from '#intake';
import { Refused } from '#platform';
import type { Response } from 'express';
import { agencyChoices } from '../../shell/forms/agency-choices.ts';
import { errorList, readForm, typedIn, windowOf, type FormErrors } from '../../shell/forms/read-form.ts';
import { UuidPipe } from '../../shell/pipes/uuid.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { codeInWords, dayAndTime } from '../../shell/words/words.ts';

const said = (message: string) => Matches(/\S/, { message });

class ConsultationForm {
  @IsUUID('all', { message: 'Select an agency' }) readonly agency: string = '';
  @MaxLength(200, { message: 'The name must be 200 characters or fewer' })
  @said('Give the caller’s name')
  readonly caller: string = '';
  @MaxLength(200, { message: 'The role must be 200 characters or fewer' })
  @said('Give the caller’s role')
  readonly role: string = '';
  @MaxLength(10_000, { message: 'The question must be 10,000 characters or fewer' })
  @said('Say what was asked')
  readonly question: string = '';
  @MaxLength(10_000, { message: 'The advice must be 10,000 characters or fewer' })
  @said('Say what you advised')
  readonly advice: string = '';
  @IsIn(CONSULTATION_OUTCOMES, { message: 'Select what it came to' })
  readonly outcome!: (typeof CONSULTATION_OUTCOMES)[number];
}

/** Advice that was given to somebody who asked and did not refer. */
@Controller('consultations')
export class ConsultationsController {
  constructor(
    private readonly consultations: Consultations,
    private readonly agencies: AgencyCredentials,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('consultation:record')
  async list(@Req() { actor }: StaffRequest, @Res() response: Response): Promise<void> {
    const { consultations, now } = await this.consultations.read(actor);
    response.render('pages/consultation/consultations.njk', {
      consultations: consultations.map((one) => ({
        ...one,
        outcome: codeInWords(one.outcome),
        at: dayAndTime(one.at, now, this.time.zone),
      })),
    });
  }

  @Get('new')
  @Needs('consultation:record')
  begin(@Res() response: Response): void {
    response.redirect(303, `/consultations/${randomUUID()}`);
  }

  @Get(':form')
  @Needs('consultation:record')
  async show(
    @Param('form', UuidPipe) form: string,
    @Req() { actor, session }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const draft = await this.drafts.find('consultation', form, actor);
    if (draft === null && (await this.consultations.has(form))) {
      session.warning = 'That form has been recorded: it is among the advice given.';
      return response.redirect(303, '/consultations');
    }
    await this.render(response, 200, form, draft?.typed ?? {}, null, draft?.savedAt);
  }

  @Post(':form')
  @Needs('consultation:record')
  async record(
    @Param('form', UuidPipe) id: string,
    @Req() { actor: by, body, session }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { form, errors } = readForm(ConsultationForm, body);
    const known = (await this.agencies.agencies()).some(({ id: agency }) => agency === form.agency);
    if (errors !== null || !known) {
      const savedAt = await this.drafts.save('consultation', id, typedIn(body), by);
      return this.render(response, 422, id, form, errors ?? { agency: 'Select an agency' }, savedAt);
    }
    const { agency: agencyId, ...said } = form;
    try {
      await this.consultations.record({ id, agencyId, ...said }, by);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // It was recorded as it was first sent: what has been written since is another record.
      const another = randomUUID();
      const savedAt = await this.drafts.save('consultation', another, typedIn(body), by);
      const advice = 'This form was recorded already as it was before. Send it again to record this beside it';
      return this.render(response, 409, another, form, { advice }, savedAt);
    }
    await this.drafts.remove('consultation', id, by, windowOf(body));
    session.notice = 'The advice you gave is recorded.';
    response.redirect(303, '/consultations');
  }

  @Post(':form/discard')
  @Needs('consultation:record')
  async discard(
    @Param('form', UuidPipe) form: string,
    @Req() { actor, session }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.drafts.remove('consultation', form, actor);
    session.notice = 'The unfinished form is gone.';
    response.redirect(303, '/telephone');
  }

  private async render(
    response: Response,
    status: number,
    id: string,
    form: object,
    errors: FormErrors | null,
    savedAt: Temporal.Instant | undefined,
  ): Promise<void> {
    const agencies = await this.agencies.agencies();
    response.status(status).render('pages/consultation/consultation.njk', {
      form,
      errors,
      errorList: errorList(errors),
      at: `/consultations/${id}`,
      draftAt: `/drafts/consultation/${id}`,
      draftBegan: stampOf(savedAt),
      agencies: agencyChoices(agencies, 'Choose an agency', 'agency' in form ? String(form.agency) : undefined),
      outcomes: CONSULTATION_OUTCOMES.map((value) => ({
        value,
        text: codeInWords(value),
        checked: 'outcome' in form && form.outcome === value,
      })),
    });
  }
}
