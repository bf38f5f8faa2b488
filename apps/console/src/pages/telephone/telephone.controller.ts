import { Agencies, isShown, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { isUuid, Refused } from '#platform';
import {
  Consultations,
  InvalidReferral,
  ReferralReader,
  TakeDownReferral,
  type FieldFault,
  type SubmissionAnswer,
} from '#referrals';
import { Database } from '#store';
import { Drafts, stampOf, type Typed } from '#work';
import { randomUUID } from 'node:crypto';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { agencyItems } from '../../shell/forms/agency-items.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { errorSummary, FormFields, summaryOf } from '../../shell/forms/form-fields.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { CALLER_CHOICES, callerOf, CHANNEL_CHOICES, TelephoneForm } from './telephone.form.ts';
import { cameBefore, presentCameBefore } from './came-before.presenter.ts';
import { FindCallMatches } from './call-matches.ts';
import { presentMatches } from './matches.presenter.ts';
import { presentFaults, presentFields } from './telephone.presenter.ts';
import { faultsOfTimes, referralOf } from './typed-referral.ts';

/** Referrals that a person rings about or comes in with: the fields of the API, kept as they are typed. */
@Controller('telephone')
export class TelephoneController {
  constructor(
    private readonly drafts: Drafts,
    private readonly agencies: Agencies,
    private readonly reader: ReferralReader,
    private readonly takeDown: TakeDownReferral,
    private readonly matches: FindCallMatches,
    private readonly consultations: Consultations,
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
        name: `Advice to ${typed['caller'] || 'a caller'}`,
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
    const received = draft === null ? await this.takeDown.receivedFrom(form, by) : null;
    if (received !== null) {
      return redirect(`/referrals/${received}`, { warning: 'That form has been received: this is the referral.' });
    }
    return this.page(by, form, draft?.typed ?? {}, draft?.savedAt);
  }

  /** Sends it, or only makes room for another child, adult or agency. */
  @Post(':form')
  @Needs('referral:take-down')
  async send(
    @Param('form', UuidPipe) form: string,
    @SignedIn() by: StaffActor,
    @PostedForm(TelephoneForm) { form: sent, errors, typed: all, window }: Posted<TelephoneForm>,
  ): Promise<Answer> {
    const { more, ...typed } = all;
    if (more === 'later') {
      await this.drafts.save('referral', form, typed, by);
      return redirect('/telephone', {
        notice: 'The call is kept, for you alone and for a week. No other person has it yet.',
      });
    }
    if (more !== undefined) {
      const counted =
        more === '' || more === 'matches'
          ? typed
          : { ...typed, [`count:${more}`]: String(Number(typed[`count:${more}`] ?? 1) + 1) };
      const savedAt = await this.drafts.save('referral', form, counted, by);
      return this.page(by, form, counted, savedAt);
    }
    const came = cameBefore(sent, await this.database.now(), this.time.zone);
    const faults: FieldFault[] = [...faultsOfTimes(typed, this.time.zone)];
    const agency = (await this.agencies.all()).find(({ id }) => id === sent.agency);
    const caller = agency === undefined ? undefined : callerOf(sent, agency.sourceCode);
    const referral = await this.reader.check(referralOf(typed, this.time.zone)).catch((error: unknown) => {
      if (!(error instanceof InvalidReferral)) throw error;
      faults.push(...error.faults);
      return null;
    });
    if (faults.length > 0 || referral === null || agency === undefined || !caller || came.error || errors !== null) {
      const savedAt = await this.drafts.save('referral', form, typed, by);
      const own = {
        ...(caller === null
          ? { caller: 'Select who refers the child: the agency stands for members of the public' }
          : {}),
        ...errors,
        ...(agency === undefined ? { agency: 'Select an agency' } : {}),
        ...(came.error === null ? {} : { cameTime: came.error }),
      };
      return this.page(by, form, typed, savedAt, { own, faults }, 422);
    }
    let answer: SubmissionAnswer;
    try {
      const consultationId = await this.adviceOf(sent, by);
      const answers = {
        agencyId: agency.id,
        caller,
        referral,
        cameAt: came.at,
        ...(consultationId && { consultationId }),
      };
      answer = await this.takeDown.execute({ formId: form, ...answers, receivedBy: sent.channel, by });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // It was received as it was first sent. What was changed since is kept, and told to no person yet.
      const savedAt = await this.drafts.save('referral', form, typed, by);
      return this.page(by, form, typed, savedAt, null, 409);
    }
    await this.drafts.remove('referral', form, by, window);
    const notice = `${answer.reference} is received. ${adviceToCallTaker(referral.immediateDanger)}`;
    if (!(await this.database.as(by).transaction((tx) => isShown(tx, answer.reference, by))))
      return redirect('/telephone', {
        notice: `${notice} It is a restricted record: people who are named for it open it.`,
      });
    return redirect(`/referrals/${answer.reference}`, { notice });
  }

  /** A piece of the page: who may be the child of the call, as far as it is typed. */
  @Post(':form/matches')
  @FormOn('/telephone/:form')
  @HttpCode(200)
  @Needs('referral:take-down')
  async known(
    @SignedIn() by: StaffActor,
    @PostedForm(TelephoneForm) { typed }: Posted<TelephoneForm>,
  ): Promise<Answer> {
    const found = presentMatches(await this.matches.execute(typed, by), this.time.zone);
    return view('pages/telephone/matches.njk', { found });
  }

  /** What was typed on a form that has been received is a referral of its own. */
  @Post(':form/anew')
  @FormOn('/telephone/:form')
  @Needs('referral:take-down')
  async anew(
    @Param('form', UuidPipe) form: string,
    @SignedIn() by: StaffActor,
    @PostedForm(TelephoneForm) { typed }: Posted<TelephoneForm>,
  ): Promise<Answer> {
    const another = randomUUID();
    await this.drafts.save('referral', another, typed, by);
    await this.drafts.remove('referral', form, by);
    return redirect(`/telephone/${another}`);
  }

  @Post(':form/discard')
  @FormOn('/telephone')
  @Needs('referral:take-down')
  async discard(@Param('form', UuidPipe) form: string, @SignedIn() by: StaffActor): Promise<Answer> {
    await this.drafts.remove('referral', form, by);
    return redirect('/telephone', { notice: 'The unfinished form is gone.' });
  }

  /** The advice that a form began with. What is none holds up no referral. */
  private async adviceOf({ consultation }: TelephoneForm, by: StaffActor): Promise<string | null> {
    return isUuid(consultation) && (await this.consultations.isRecorded(consultation, by)) ? consultation : null;
  }

  private async page(
    by: StaffActor,
    form: string,
    typed: Typed,
    savedAt: Temporal.Instant | undefined,
    wrong: Wrong | null = null,
    status: 200 | 409 | 422 = 200,
  ): Promise<View> {
    const { own = null, faults = [] } = wrong ?? {};
    const fields = new FormFields(typed, own);
    const how = { label: 'How did it come?', classes: 'govuk-radios--inline govuk-radios--small' };
    const locals = {
      form,
      consultation: typed['consultation'] ?? '',
      draftAt: `/drafts/referral/${form}`,
      draftBegan: stampOf(savedAt),
      channel: fields.radios('channel', how, CHANNEL_CHOICES),
      caller: fields.radios(
        'caller',
        {
          label: 'Who refers the child?',
          hint: 'Leave it where it is a person of the agency',
          classes: 'govuk-radios--small',
        },
        CALLER_CHOICES,
      ),
      agency: fields.select(
        'agency',
        { label: 'For which agency?' },
        agencyItems(await this.agencies.all(), 'Choose an agency'),
      ),
      came: presentCameBefore(fields, await this.database.now(), this.time.zone),
      ...presentFields(typed, faults),
      found: presentMatches(await this.matches.execute(typed, by), this.time.zone),
      isRefused: status === 409,
      errorSummary: wrong && summaryOf([...(errorSummary(own)?.errorList ?? []), ...presentFaults(typed, faults)]),
    };
    return view('pages/telephone/telephone-form.njk', locals, status);
  }
}

/** What is wrong with a form that was sent. */
interface Wrong {
  /** With the fields that the hub adds to a referral. */
  readonly own: FormErrors;
  /** With the referral, as the API would say it. */
  readonly faults: readonly FieldFault[];
}

/** What the person who took the call has still to say to the caller. */
function adviceToCallTaker(isInDanger: boolean): string {
  return isInDanger
    ? 'Make sure that the caller has dialled 999, and give them the reference.'
    : 'Give the caller the reference. They can ring again with it when they learn anything new.';
}
