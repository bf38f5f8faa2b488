import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { DecideAndTakeNext, PreviewDecision, RecordDecision, type PreviewedDecision } from '#decisions';
import type { SignOffReason } from '#domain';
import type { Refused } from '#platform';
import { ReadEarlierOfChildren, ReadReferral, type ReferralPage } from '#referrals';
import { Drafts, type Typed } from '#work';
import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { fingerprintOf } from '../../shell/forms/fingerprint.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import { readForm, type Posted } from '../../shell/forms/read-form.ts';
import { isShownOnTheForm } from '../../shell/referral/referral-forms.ts';
import { isRatingConfirmed } from '../../shell/referral/is-rating-confirmed.ts';
import { isHeldByAnother } from '../referral/referral-state.ts';
import { afterDeciding, afterRecording } from './after-deciding.ts';
import { DecisionCheckForm } from './decision-check.form.ts';
import { presentCheck, presentConflict } from './decision-check.presenter.ts';
import { commandOf, DecisionForm, levelOf, missingIn } from './decision.form.ts';
import { answersIn } from './decision.presenter.ts';
import { othersIn } from './each-child.form.ts';
import { presentPause } from './pause.presenter.ts';
import { presentNeedsOfOthers, reportsIn, withoutReports } from './together.presenter.ts';

/** In a draft: the reasons to stop that have been read. No form can post this name. */
const PAUSED = '_pausedFor';

/** The last page of deciding: the answers are checked, after a pause where the child's history or age asks for one, and sent. */
@Controller('referrals/:reference/decision/check')
export class DecisionCheckController {
  constructor(
    private readonly drafts: Drafts,
    private readonly preview: PreviewDecision,
    private readonly recordDecision: RecordDecision,
    private readonly decideAndTakeNext: DecideAndTakeNext,
    private readonly readReferral: ReadReferral,
    private readonly earlierOfChildren: ReadEarlierOfChildren,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:decide')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const draft = await this.complete(reference, by);
    if (draft === null) return redirect(`/referrals/${reference}/decision`);
    const { form, typed } = draft;
    const page = await this.readReferral.execute({ reference, by });
    if (isHeldByAnother(page, by) || String(page.version) !== form.version) return this.conflict(page, draft, by);
    const preview = await this.previewOf(reference, form, by);
    if (missingIn(form, preview) !== null) return this.askAgain(reference);
    const isRead = preview.pauseFor.length === 0 || typed[PAUSED] === pausedFor(form, preview.pauseFor);
    const { zone } = this.time;
    const others = presentNeedsOfOthers(await this.previewsOfOthers(form, by));
    const check = { ...presentCheck(page, form, preview, { by, zone }), others };
    if (isRead) return view('pages/decision/check.njk', { ...check, answersSeen: seenIn(form, preview) });
    const earlier = await this.earlierOfChildren.execute({ reference, by });
    return view('pages/decision/pause.njk', { ...check, ...presentPause(page, form, preview, earlier, zone) });
  }

  /** Says that the reasons to stop have been read. The outcome stays the person's own. */
  @Post('read')
  @FormOn('/referrals/:reference/decision/check')
  @Needs('referral:decide')
  async read(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const draft = await this.complete(reference, by);
    if (draft !== null) {
      const { pauseFor } = await this.previewOf(reference, draft.form, by);
      await this.drafts.save('decision', reference, { ...draft.typed, [PAUSED]: pausedFor(draft.form, pauseFor) }, by);
    }
    return redirect(`/referrals/${reference}/decision/check`);
  }

  @Post()
  @Needs('referral:decide')
  async send(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(DecisionCheckForm) { form: checked }: Posted<DecisionCheckForm>,
  ): Promise<Answer> {
    const at = `/referrals/${reference}`;
    const draft = await this.complete(reference, by);
    if (draft === null) {
      // Pressed twice: the first one has decided and taken the draft away.
      if (await this.hasDecided(reference, by)) return redirect(at);
      return redirect(`${at}/decision`, {
        warning: 'Nothing was recorded: your answers are not here any more. Give them again.',
      });
    }
    const { form, typed } = draft;
    const preview = await this.previewOf(reference, form, by);
    if (checked.answersSeen !== seenIn(form, preview)) {
      return redirect(`${at}/decision/check`, {
        warning: 'Nothing was recorded: your answers have changed since you checked them. Check them again.',
      });
    }
    if (missingIn(form, preview) !== null) return this.askAgain(reference);
    const { pauseFor } = preview;
    if (pauseFor.length > 0 && typed[PAUSED] !== pausedFor(form, pauseFor)) return redirect(`${at}/decision/check`);
    const command = commandOf(reference, form, preview, by);
    try {
      const answer =
        checked.then === 'next'
          ? afterDeciding(reference, await this.decideAndTakeNext.execute(command), form)
          : afterRecording(reference, form, await this.recordDecision.execute(command));
      await this.drafts.remove('decision', reference, by);
      return answer;
    } catch (error) {
      if (!isShownOnTheForm(error)) throw error;
      if (error.code === 'other-report-changed') return this.askWithoutReports(reference, draft, by, error);
      return this.conflict(await this.readReferral.execute({ reference, by }), draft, by);
    }
  }

  /** Having seen what others did, the person may go on. */
  private async conflict(page: ReferralPage, { form, typed }: Complete, by: StaffActor): Promise<Answer> {
    const seen = { version: String(page.version), openedAt: String(page.now.epochMilliseconds) };
    // The confirmation of a rating that a person has given meanwhile would be of the wrong one.
    const confirms = isRatingConfirmed(page) ? { confirmsRating: '' } : {};
    // A form that has been sent decides once: what is sent after this page is another.
    const kept = { ...typed, ...seen, ...confirms, formId: randomUUID() };
    await this.drafts.save('decision', page.reference, kept, by);
    const preview = await this.previewOf(page.reference, form, by);
    return view('pages/decision/conflict.njk', presentConflict(page, form, preview, { by, zone: this.time.zone }), 409);
  }

  /** Another report is not as it was ticked: the form asks again, with no report ticked. */
  private async askWithoutReports(
    reference: string,
    { typed }: Complete,
    by: StaffActor,
    why: Refused,
  ): Promise<Answer> {
    await this.drafts.save('decision', reference, { ...withoutReports(typed), formId: randomUUID() }, by);
    return redirect(`/referrals/${reference}/decision`, { warning: why.refusal.onForm! });
  }

  /** The answers are complete as a form, and the referral or the policy asks for more: the form says what. */
  private askAgain(reference: string): Answer {
    return redirect(`/referrals/${reference}/decision`, {
      warning: 'Nothing was recorded: an answer is missing. Press “Check your answers” and read what it is.',
    });
  }

  private async hasDecided(reference: string, by: StaffActor): Promise<boolean> {
    const { decisions } = await this.readReferral.execute({ reference, by });
    const last = decisions.at(-1);
    return last?.byId === by.id && last.undoneAt === null && last.signOff?.result !== 'returned';
  }

  private async previewOf(reference: string, form: DecisionForm, by: StaffActor) {
    return this.preview.execute({
      ...{ reference, outcome: form.outcome, thresholdLevel: levelOf(form), by },
      others: othersIn(form),
    });
  }

  private async previewsOfOthers(form: DecisionForm, by: StaffActor) {
    const previews = [];
    for (const other of reportsIn(form.together))
      previews.push({ ...other, preview: await this.previewOf(other.reference, { ...form, forChildren: 'all' }, by) });
    return previews;
  }

  /** This person's draft, if it can be sent as it is. */
  private async complete(reference: string, by: StaffActor): Promise<Complete | null> {
    const draft = await this.drafts.find('decision', reference, by);
    if (draft === null) return null;
    const { form, errors } = readForm(DecisionForm, draft.typed);
    return errors === null ? { form, typed: draft.typed } : null;
  }
}

interface Complete {
  readonly form: DecisionForm;
  readonly typed: Typed;
}

/** What was read, so that another outcome or another reason is read anew. */
function pausedFor({ outcome }: DecisionForm, reasons: readonly SignOffReason[]): string {
  return [outcome, ...reasons].join(' ');
}

/** What was checked. That a limit passes meanwhile is no change of an answer: the decision is not held up by it. */
function seenIn(form: DecisionForm, preview: PreviewedDecision): string {
  return fingerprintOf(answersIn(form, { ...preview, isLate: false }));
}
