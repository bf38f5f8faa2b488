import { AgencyCredentials, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { Refused } from '#platform';
import { InvalidReferral, ReferralReader, SubmitReferral, type FieldFault, type SubmissionAnswer } from '#referrals';
import { Database } from '#store';
import { Drafts, stampOf, type Typed } from '#work';
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { agencyChoices } from '../../shell/forms/agency-choices.ts';
import { typedIn, windowOf } from '../../shell/forms/read-form.ts';
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
  async begun(@SignedIn() by: StaffActor): Promise<Answer> {
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
    return view('pages/telephone/telephone.njk', {
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
  async show(@Param('form', UuidPipe) form: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const draft = await this.drafts.find('referral', form, by);
    const received = draft === null ? await this.submitReferral.receivedFrom(form) : null;
    if (received !== null) {
      return redirect(`/referrals/${received}`, { warning: 'That form has been received: this is the referral.' });
    }
    return this.page(form, draft?.typed ?? {}, [], draft?.savedAt);
  }

  /** Sends it, or only makes room for another child, adult or agency. */
  @Post(':form')
  @Needs('referral:take-down')
  async send(
    @Param('form', UuidPipe) form: string,
    @SignedIn() by: StaffActor,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { more, ...typed } = typedIn(body);
    if (more !== undefined) {
      const counted =
        more === '' ? typed : { ...typed, [`count:${more}`]: String(Number(typed[`count:${more}`] ?? 1) + 1) };
      const savedAt = await this.drafts.save('referral', form, counted, by);
      return this.page(form, counted, [], savedAt);
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
      return this.page(form, typed, faults, savedAt, 422);
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
      return this.page(form, typed, [], savedAt, 409);
    }
    await this.drafts.remove('referral', form, by, windowOf(body));
    return redirect(`/referrals/${answer.reference}`, {
      notice: `${answer.reference} is received. ${answer.advice}`,
    });
  }

  /** What was typed on a form that has been received is a referral of its own. */
  @Post(':form/anew')
  @Needs('referral:take-down')
  async anew(
    @Param('form', UuidPipe) form: string,
    @SignedIn() by: StaffActor,
    @Body() body: unknown,
  ): Promise<Answer> {
    const another = randomUUID();
    await this.drafts.save('referral', another, typedIn(body), by);
    await this.drafts.remove('referral', form, by);
    return redirect(`/telephone/${another}`);
  }

  @Post(':form/discard')
  @Needs('referral:take-down')
  async discard(@Param('form', UuidPipe) form: string, @SignedIn() by: StaffActor): Promise<Answer> {
    await this.drafts.remove('referral', form, by);
    return redirect('/telephone', { notice: 'The unfinished form is gone.' });
  }

  private async page(
    form: string,
    typed: Typed,
    faults: readonly FieldFault[],
    savedAt: Temporal.Instant | undefined,
    status: 200 | 409 | 422 = 200,
  ): Promise<View> {
    const wasSent = status === 422;
    const wasReceived = status === 409;
    const agencies = await this.agencies.agencies();
    const own = {
      agency: wasSent && !agencies.some(({ id }) => id === typed['agency']) ? 'Select an agency' : null,
      channel: wasSent && !CHANNELS.some((one) => one === typed['channel']) ? 'Select how it came' : null,
    };
    const locals = {
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
    };
    return view('pages/telephone/telephone-form.njk', locals, status);
  }
}
