import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { Refused, telephoneInWords } from '#platform';
import { InvalidReferral, ReferralReader, SendByForm, type FieldFault, type SubmissionAnswer } from '#referrals';
import { Drafts, stampOf, type Typed } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { summaryOf } from '../../shell/forms/form-fields.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { isMoreOpen, presentFaults, presentGroups } from '../telephone/telephone.presenter.ts';
import { faultsOfTimes, referralOf } from '../telephone/typed-referral.ts';
import { askedOfAgency, NEEDED, REST } from './asked-of-agency.ts';
import { OwnReferralForm } from './own-referrals.form.ts';

/**
 * The form by which a person of an agency refers: the fields and the rules of a call, and of the API. Who refers is known by
 * who is signed in, and is no field.
 */
@Controller('own-referrals/forms')
export class OwnFormController {
  constructor(
    private readonly drafts: Drafts,
    private readonly reader: ReferralReader,
    private readonly sendByForm: SendByForm,
    private readonly time: HubTime,
  ) {}

  @Get(':form')
  @Needs('referral:submit')
  async show(@Param('form', UuidPipe) form: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const draft = await this.drafts.find('own-referral', form, by);
    if (draft !== null) return this.page(form, draft.typed, draft.savedAt);
    const received = await this.sendByForm.receivedFrom(form, by);
    if (received !== null) {
      return redirect(`/own-referrals/${received}`, { warning: 'You have sent that form: this is the referral.' });
    }
    return this.page(form, begun(await this.sendByForm.referrer(by)), undefined);
  }

  /** Sends it, keeps it, or only makes room for another child, adult or agency. */
  @Post(':form')
  @Needs('referral:submit')
  async send(
    @Param('form', UuidPipe) form: string,
    @SignedIn() by: StaffActor,
    @PostedForm(OwnReferralForm) { typed: all, window }: Posted<OwnReferralForm>,
  ): Promise<Answer> {
    const { more, ...typed } = all;
    if (more === 'later') {
      await this.drafts.save('own-referral', form, typed, by);
      return redirect('/own-referrals', {
        notice: 'The form is kept, for you alone and for a week. It is not sent: the hub does not have it.',
      });
    }
    if (more !== undefined) {
      const counted =
        more === '' ? typed : { ...typed, [`count:${more}`]: String(Number(typed[`count:${more}`] ?? 1) + 1) };
      return this.page(form, counted, await this.drafts.save('own-referral', form, counted, by));
    }
    const faults: FieldFault[] = [...faultsOfTimes(typed, this.time.zone)];
    const referral = await this.reader.check(referralOf(typed, this.time.zone)).catch((error: unknown) => {
      if (!(error instanceof InvalidReferral)) throw error;
      faults.push(...error.faults);
      return null;
    });
    if (faults.length > 0 || referral === null) {
      return this.page(form, typed, await this.drafts.save('own-referral', form, typed, by), faults, 422);
    }
    let answer: SubmissionAnswer;
    try {
      answer = await this.sendByForm.execute({ formId: form, referral, by });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // It was received as it was first sent. What was changed since is kept, and told to no person yet.
      return this.page(form, typed, await this.drafts.save('own-referral', form, typed, by), [], 409);
    }
    await this.drafts.remove('own-referral', form, by, window);
    return redirect(`/own-referrals/${answer.reference}`, {
      notice: `${answer.reference} is received: the hub has your referral.`,
    });
  }

  /** What was typed on a form that has been received is a referral of its own. */
  @Post(':form/anew')
  @FormOn('/own-referrals/forms/:form')
  @Needs('referral:submit')
  async anew(
    @Param('form', UuidPipe) form: string,
    @SignedIn() by: StaffActor,
    @PostedForm(OwnReferralForm) { typed }: Posted<OwnReferralForm>,
  ): Promise<Answer> {
    const another = randomUUID();
    await this.drafts.save('own-referral', another, typed, by);
    await this.drafts.remove('own-referral', form, by);
    return redirect(`/own-referrals/forms/${another}`);
  }

  @Post(':form/discard')
  @FormOn('/own-referrals')
  @Needs('referral:submit')
  async discard(@Param('form', UuidPipe) form: string, @SignedIn() by: StaffActor): Promise<Answer> {
    await this.drafts.remove('own-referral', form, by);
    return redirect('/own-referrals', { notice: 'The unfinished form is gone.' });
  }

  private page(
    form: string,
    typed: Typed,
    savedAt: Temporal.Instant | undefined,
    faults: readonly FieldFault[] = [],
    status: 200 | 409 | 422 = 200,
  ): View {
    const locals = {
      at: `/own-referrals/forms/${form}`,
      draftAt: `/drafts/own-referral/${form}`,
      draftBegan: stampOf(savedAt),
      needed: presentGroups(NEEDED, typed, faults, askedOfAgency),
      rest: presentGroups(REST, typed, faults, askedOfAgency),
      isMoreOpen: isMoreOpen(REST, typed, faults),
      isRefused: status === 409,
      errorSummary: status === 422 ? summaryOf(presentFaults(typed, faults, askedOfAgency)) : null,
    };
    return view('pages/own-referrals/own-form.njk', locals, status);
  }
}

/** A new form begins with who refers, as it is known. */
function begun({ phone, ...known }: Awaited<ReturnType<SendByForm['referrer']>>): Typed {
  const referrer = { ...known, ...(phone === undefined ? {} : { phone: telephoneInWords(phone) }) };
  return Object.fromEntries(Object.entries(referrer).map(([name, value]) => [`/referrer/${name}`, value]));
}
