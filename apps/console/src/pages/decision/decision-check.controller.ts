import { createHash, randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Drafts, Needs, type StaffActor, type Typed } from '#access';
import type { SignOffReason } from '#domain';
import { PreviewDecision, ReadReferral, RecordDecision, type ReferralPage } from '#triage';
import type { Response } from 'express';
import { changesSince } from '../../shell/referral/changes-since.ts';
import { readForm, typedIn } from '../../shell/forms/read-form.ts';
import { isShownOnTheForm } from '../../shell/referral/referral-form.ts';
import { liveOf } from '../../shell/referral/live-of.ts';
import { ReferencePipe } from '../../shell/pipes/reference.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { isHeldByAnother } from '../referral/referral.presenter.ts';
import { analysisOf, answersIn, DecisionForm, levelOf } from './decision.form.ts';

/** The draft has been read where its reasons to stop were shown. */
const PAUSED = 'pausedFor';

/** The last page of deciding: the answers are checked, after a pause where the child's history or age asks for one, and sent. */
@Controller('referrals/:reference/decision/check')
export class DecisionCheckController {
  constructor(
    private readonly drafts: Drafts,
    private readonly preview: PreviewDecision,
    private readonly recordDecision: RecordDecision,
    private readonly readReferral: ReadReferral,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:decide')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor: by }: StaffRequest,
    @Res() response: Response,
  ) {
    const draft = await this.complete(reference, by);
    if (draft === null) return response.redirect(303, `/referrals/${reference}/decision`);
    const { form, typed } = draft;
    const page = await this.readReferral.execute({ reference, by });
    if (isHeldByAnother(page, by) || String(page.version) !== form.version)
      return this.conflict(response, page, draft, by);
    const { pauseFor, signOffReasons, canBeTakenBack } = await this.previewOf(reference, form);
    const isRead = pauseFor.length === 0 || typed[PAUSED] === pausedFor(form, pauseFor);
    response.render(isRead ? 'pages/decision/check.njk' : 'pages/decision/pause.njk', {
      ...shown(page, by),
      asOf: dayAndTime(page.now, page.now, this.time.zone),
      canBeTakenBack,
      answers: answersIn(form),
      outcome: codeInWords(form.outcome),
      signOffReasons: signOffReasons.map(codeInWords),
      pauseFor: pauseFor.map(codeInWords),
      earlier: page.earlier.map((one) => ({ ...one, received: dayAndTime(one.receivedAt, page.now, this.time.zone) })),
      answersSeen: digestOf(form),
    });
  }

  /** Says that the reasons to stop have been read. The outcome stays the person's own. */
  @Post('read')
  @Needs('referral:decide')
  async read(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor: by }: StaffRequest,
    @Res() response: Response,
  ) {
    const draft = await this.complete(reference, by);
    if (draft !== null) {
      const { pauseFor } = await this.previewOf(reference, draft.form);
      await this.drafts.save('decision', reference, { ...draft.typed, [PAUSED]: pausedFor(draft.form, pauseFor) }, by);
    }
    response.redirect(303, `/referrals/${reference}/decision/check`);
  }

  @Post()
  @Needs('referral:decide')
  async send(
    @Param('reference', ReferencePipe) reference: string,
    @Req() { actor: by, session, body }: StaffRequest,
    @Res() response: Response,
  ) {
    const draft = await this.complete(reference, by);
    if (draft === null) {
      // Pressed twice: the first one has decided and taken the draft away.
      if (await this.hasDecided(reference, by)) return response.redirect(303, `/referrals/${reference}`);
      session.warning = 'Nothing was recorded: your answers are not here any more. Give them again.';
      return response.redirect(303, `/referrals/${reference}/decision`);
    }
    const { form, typed } = draft;
    if (typedIn(body)['answersSeen'] !== digestOf(form)) {
      session.warning = 'Nothing was recorded: your answers have changed since you checked them. Check them again.';
      return response.redirect(303, `/referrals/${reference}/decision/check`);
    }
    const { pauseFor } = await this.previewOf(reference, form);
    if (pauseFor.length > 0 && typed[PAUSED] !== pausedFor(form, pauseFor)) {
      return response.redirect(303, `/referrals/${reference}/decision/check`);
    }
    try {
      const reasons = await this.recordDecision.execute({
        reference,
        outcome: form.outcome,
        thresholdLevel: levelOf(form),
        rationale: form.rationale,
        analysis: analysisOf(form),
        formId: form.formId,
        version: Number(form.version),
        by,
      });
      session.notice =
        reasons.length === 0
          ? `Your decision on ${reference} is recorded and in effect.`
          : `Your decision on ${reference} is recorded. It takes effect when somebody else signs it off.`;
    } catch (error) {
      if (!isShownOnTheForm(error)) throw error;
      const page = await this.readReferral.execute({ reference, by });
      return this.conflict(response, page, draft, by);
    }
    await this.drafts.remove('decision', reference, by);
    response.redirect(303, `/referrals/${reference}`);
  }

  /** What others did and what this person wrote, side by side. Having seen it, they may go on. */
  private async conflict(response: Response, page: ReferralPage, { form, typed }: Complete, by: StaffActor) {
    const { zone } = this.time;
    const { reference } = page;
    const [theirs] = page.decisions.filter(
      ({ at, byId }) => byId !== by.id && at.epochMilliseconds >= Number(form.openedAt),
    );
    const seen = { version: String(page.version), openedAt: String(page.now.epochMilliseconds) };
    // A form that has been sent decides once: what is sent after this page is another.
    await this.drafts.save('decision', reference, { ...typed, ...seen, formId: randomUUID() }, by);
    response.status(409).render('pages/decision/conflict.njk', {
      ...shown(page, by),
      changes: changesSince(page, form.openedAt, zone),
      theirs: theirs && { ...theirs, outcome: codeInWords(theirs.outcome), at: dayAndTime(theirs.at, page.now, zone) },
      holder: page.holder,
      isHeldByAnother: isHeldByAnother(page, by),
      mayGoOn: page.status === 'awaiting_decision',
      answers: answersIn(form),
    });
  }

  private async hasDecided(reference: string, by: StaffActor): Promise<boolean> {
    const { decisions } = await this.readReferral.execute({ reference, by });
    const last = decisions.at(-1);
    return last?.byId === by.id && last.undoneAt === null && last.signOff?.result !== 'returned';
  }

  private async previewOf(reference: string, form: DecisionForm) {
    return this.preview.execute({ reference, outcome: form.outcome, thresholdLevel: levelOf(form) });
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

/** What was checked, so that nothing else is recorded. */
function digestOf(form: DecisionForm): string {
  return createHash('sha256')
    .update(JSON.stringify(answersIn(form)))
    .digest('base64url');
}

function shown(page: ReferralPage, by: StaffActor) {
  const { reference, immediateDanger } = page;
  return {
    reference,
    immediateDanger,
    children: childrenInWords(page),
    rating: ratingTag(page.rating),
    ...liveOf(page, by),
  };
}
