import { Controller, Get, Param, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import {
  CallDiscussion,
  ReadDiscussions,
  RecordConference,
  RecordDiscussion,
  type AttendingAgency,
} from '#discussions';
import { missingFromQuorum } from '#domain';
import { ReadReferral } from '#referrals';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary } from '../../shell/forms/form-fields.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { presentDiscussions } from '../../shell/referral/discussions.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { attendanceIn } from './attendance.form.ts';
import { CallForm, ConferenceForm, RecordForm } from './discussion.form.ts';
import { presentForms, type Unrecorded } from './discussion.presenter.ts';
import { momentIn } from './moment.ts';

const NO_SUCH_TIME = 'The clocks go forward that night, and there is no such time: enter another';

/** The strategy discussions of a referral: called, recorded, and the conference that follows. */
@Controller('referrals/:reference/discussion')
export class DiscussionController {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly readDiscussions: ReadDiscussions,
    private readonly callDiscussion: CallDiscussion,
    private readonly recordDiscussion: RecordDiscussion,
    private readonly recordConference: RecordConference,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('discussion:read')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by, null);
  }

  @Post('call')
  @FormOn('/referrals/:reference/discussion')
  @Needs('discussion:record')
  async call(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(CallForm) { form, errors, typed }: Posted<CallForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { chair, asked, askedOthers, whyAgain } = form;
    const plannedFor = momentIn(this.time.zone, form.plannedDay, form.plannedTime);
    const faults = errors ?? (plannedFor === null ? { plannedTime: NO_SUCH_TIME } : null);
    if (faults !== null || plannedFor === null)
      return this.page(reference, by, { which: 'call', typed, errors: faults ?? {} });
    const others = asked.includes('other') ? askedOthers.trim() : '';
    const call = {
      reference,
      plannedFor,
      chair: chair.trim(),
      asked,
      askedOthers: others,
      whyAgain: whyAgain.trim(),
      formId,
      by,
    };
    const refused = await refusalOf(() => this.callDiscussion.execute(call));
    if (refused !== null) {
      return this.page(
        reference,
        by,
        { which: 'call', typed, errors: { [whyAgain === '' ? 'whyAgain' : 'chair']: refused } },
        409,
      );
    }
    return this.done(reference, 'The strategy discussion is called.');
  }

  @Post('record')
  @FormOn('/referrals/:reference/discussion')
  @Needs('discussion:record')
  async record(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(RecordForm) { form, errors, typed }: Posted<RecordForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const isHeld = form.how === 'held';
    const { agencies, errors: wrong } = attendanceIn(isHeld ? typed : {});
    const heldAt = isHeld ? momentIn(this.time.zone, form.heldDay, form.heldTime) : null;
    const { outcome } = form;
    const faults = {
      ...errors,
      ...wrong,
      ...(isHeld && errors === null && heldAt === null ? { heldTime: NO_SUCH_TIME } : {}),
      ...(errors === null ? this.reasonFaults(form, agencies, by) : {}),
    };
    const again = (said: FormErrors, status: number) =>
      this.page(reference, by, { which: 'record', typed, errors: said }, status);
    if (Object.keys(faults).length > 0) return again(faults, 422);
    const held = heldAt === null || outcome === '' ? null : { heldAt, outcome, minutes: form.minutes.trim(), agencies };
    const record = { reference, number: Number(form.number), held, reason: form.reason.trim(), formId, by };
    const refused = await refusalOf(() => this.recordDiscussion.execute(record));
    if (refused !== null) return again({ how: refused }, 409);
    return this.done(reference, 'How the strategy discussion went is recorded.');
  }

  @Post('conference')
  @FormOn('/referrals/:reference/discussion')
  @Needs('discussion:record')
  async conference(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ConferenceForm) { form, errors, typed }: Posted<ConferenceForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const again = (said: FormErrors, status: number) =>
      this.page(reference, by, { which: 'conference', typed, errors: said }, status);
    if (errors !== null) return again(errors, 422);
    const heldOn = form.conference === 'held' ? form.conferenceDay : null;
    const reason = heldOn === null ? form.conferenceReason.trim() : '';
    const refused = await refusalOf(() => this.recordConference.execute({ reference, heldOn, reason, formId, by }));
    if (refused !== null) return again({ conference: refused }, 409);
    return this.done(reference, 'The conference is recorded.');
  }

  /** What a manager has to say; another person is told by the refusal that a manager has to. */
  private reasonFaults(form: RecordForm, agencies: readonly AttendingAgency[], by: StaffActor): FormErrors {
    if (!may(by, 'discussion:except') || form.reason.trim() !== '') return {};
    if (form.how === 'not_held') return { reason: 'Say why it is not held' };
    const came = agencies.filter(({ people }) => people.length > 0).map(({ agency }) => agency);
    return missingFromQuorum(came).length === 0
      ? {}
      : { reason: 'It was not quorate: say why it is recorded without social care, police or health' };
  }

  private done(reference: string, notice: string): Answer {
    return redirect(`/referrals/${reference}/discussion`, { notice });
  }

  private async page(
    reference: string,
    by: StaffActor,
    unrecorded: Unrecorded | null,
    status = unrecorded === null ? 200 : 422,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const discussions = await this.readDiscussions.ofReferral(reference, by);
    const { now } = page;
    const when = (instant: Temporal.Instant) => dayAndTime(instant, now, this.time.zone);
    const locals = {
      reference,
      children: childrenInWords(page),
      discussions: presentDiscussions(discussions, now, this.time.zone, when),
      forms: presentForms(discussions, by, unrecorded),
      errorSummary: errorSummary(unrecorded?.errors ?? null),
    };
    return view('pages/discussion/discussion.njk', locals, status);
  }
}
