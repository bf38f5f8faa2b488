import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { AgencyCredentials, Drafts, Needs, stampOf, type Typed } from '#access';
import { InvalidReferral, ReferralReader, SubmitReferral, type FieldFault, type SubmissionAnswer } from '#intake';
import { Refused } from '#platform';
import { Database } from '#store';
import type { Response } from 'express';
import { agencyChoices } from '../../shell/forms/agency-choices.ts';
import { typedIn, windowOf } from '../../shell/forms/read-form.ts';
import { UuidPipe } from '../../shell/pipes/uuid.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { presentFaults, presentFields } from './telephone.presenter.ts';
import { referralOf } from './typed-referral.ts';

const CHANNELS = ['telephone', 'walk_in'] as const;

/** Referrals that somebody rings about or comes in with: the fields of the API, kept as they are typed. */
@Controller('telephone')
export class TelephoneController {
  constructor(
    private readonly drafts: Drafts,
    private readonly agencies: AgencyCredentials,
    private readonly reader: ReferralReader,
    private readonly submitReferral: SubmitReferral,
    private readonly database: Database,
    private readonly time: HubTime,
  ) {}

  /** Where to begin, and what was begun and not sent. */
  @Get()
  @Needs('referral:take-down')
  async begun(@Req() { actor: by }: StaffRequest, @Res() response: Response): Promise<void> {
    const now = await this.database.now();
    const [referrals, consultations] = [
      await this.drafts.all('referral', by),
      await this.drafts.all('consultation', by),
    ];
    const begun = [
      ...referrals.map(({ subject, typed, savedAt }) => ({
        href: `/telephone/${subject}`,
        name: [typed['/children/0/firstName'], typed['/children/0/lastName']].filter(Boolean).join(' '),
        savedAt,
      })),
      ...consultations.map(({ subject, typed, savedAt }) => ({
        href: `/consultations/${subject}`,
        name: `Advice to ${typed['caller'] || 'somebody'}`,
        savedAt,
      })),
    ];
    response.render('pages/telephone/telephone.njk', {
      newForm: `/telephone/${randomUUID()}`,
      begun: begun.map(({ href, name, savedAt }) => ({
        href,
        name: name || 'No name yet',
        saved: dayAndTime(savedAt, now, this.time.zone),
      })),
    });
  }

  @Get(':form')
  @Needs('referral:take-down')
  async show(
    @Param('form', UuidPipe) form: string,
    @Req() { actor, session }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const draft = await this.drafts.find('referral', form, actor);
    const received = draft === null ? await this.submitReferral.receivedFrom(form) : null;
    if (received !== null) {
      session.warning = 'That form has been received: this is the referral.';
      return response.redirect(303, `/referrals/${received}`);
    }
    await this.render(response, 200, form, draft?.typed ?? {}, [], draft?.savedAt);
  }

  /** Sends it, or only makes room for another child, adult or agency. */
  @Post(':form')
  @Needs('referral:take-down')
  async send(
    @Param('form', UuidPipe) form: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { actor: by, session } = request;
    const { more, ...typed } = typedIn(request.body);
    if (more !== undefined) {
      const counted =
        more === '' ? typed : { ...typed, [`count:${more}`]: String(Number(typed[`count:${more}`] ?? 1) + 1) };
      const savedAt = await this.drafts.save('referral', form, counted, by);
      return this.render(response, 200, form, counted, [], savedAt);
    }
    const faults: FieldFault[] = [];
    const agencyId = (await this.agencies.agencies()).find(({ id }) => id === typed['agency'])?.id;
    const channel = CHANNELS.find((one) => one === typed['channel']);
    const referral = await this.reader.read(referralOf(typed, this.time.zone)).catch((error: unknown) => {
      if (!(error instanceof InvalidReferral)) throw error;
      faults.push(...error.faults);
      return null;
    });
    if (referral === null || agencyId === undefined || channel === undefined) {
      const savedAt = await this.drafts.save('referral', form, typed, by);
      return this.render(response, 422, form, typed, faults, savedAt);
    }
    let answer: SubmissionAnswer;
    try {
      ({ answer } = await this.submitReferral.execute({
        agencyId,
        idempotencyKey: form,
        referral,
        taken: { by, channel },
      }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // It was received as it was first sent. What was changed since is kept, and told to nobody yet.
      const savedAt = await this.drafts.save('referral', form, typed, by);
      return this.render(response, 409, form, typed, [], savedAt);
    }
    await this.drafts.remove('referral', form, by, windowOf(request.body));
    session.notice = `${answer.reference} is received. ${answer.advice}`;
    response.redirect(303, `/referrals/${answer.reference}`);
  }

  /** What was typed on a form that has been received is a referral of its own. */
  @Post(':form/anew')
  @Needs('referral:take-down')
  async anew(@Param('form', UuidPipe) form: string, @Req() { actor, body }: StaffRequest, @Res() response: Response) {
    const another = randomUUID();
    await this.drafts.save('referral', another, typedIn(body), actor);
    await this.drafts.remove('referral', form, actor);
    response.redirect(303, `/telephone/${another}`);
  }

  @Post(':form/discard')
  @Needs('referral:take-down')
  async discard(
    @Param('form', UuidPipe) form: string,
    @Req() { actor, session }: StaffRequest,
    @Res() response: Response,
  ) {
    await this.drafts.remove('referral', form, actor);
    session.notice = 'The unfinished form is gone.';
    response.redirect(303, '/telephone');
  }

  private async render(
    response: Response,
    status: number,
    form: string,
    typed: Typed,
    faults: readonly FieldFault[],
    savedAt: Temporal.Instant | undefined,
  ) {
    const wasSent = status === 422;
    const wasReceived = status === 409;
    const agencies = await this.agencies.agencies();
    const own = {
      agency: wasSent && !agencies.some(({ id }) => id === typed['agency']) ? 'Select an agency' : null,
      channel: wasSent && !CHANNELS.some((one) => one === typed['channel']) ? 'Select how it came' : null,
    };
    response.status(status).render('pages/telephone/telephone-form.njk', {
      form,
      draftAt: `/drafts/referral/${form}`,
      draftBegan: stampOf(savedAt),
      typed,
      groups: presentFields(typed, faults),
      agencies: agencyChoices(agencies, 'Choose an agency', typed['agency']),
      own,
      wasReceived,
      errors: wasSent || wasReceived,
      errorList: wasSent && [
        ...(own.channel === null ? [] : [{ href: '#channel', text: own.channel }]),
        ...(own.agency === null ? [] : [{ href: '#agency', text: own.agency }]),
        ...presentFaults(typed, faults),
      ],
    });
  }
}
