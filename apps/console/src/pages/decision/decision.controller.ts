import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { Policies } from '#deadlines';
import { DecideAndTakeNext, PreviewDecision, ReadUndoable, type PreviewedDecision } from '#decisions';
import { ReadLocalities } from '#routes';
import { Drafts } from '#work';
import { redirect, View, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { justDone } from '../../shell/referral/just-done.ts';
import { isShownOnTheForm, ReferralForms, type FormAboutReferral } from '../../shell/referral/referral-forms.ts';
import { commandOf, DecisionForm, isUnusual, levelOf, missingIn } from './decision.form.ts';
import { othersIn } from './each-child.form.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { afterDeciding } from './after-deciding.ts';
import { decisionForm } from './decision.presenter.ts';

/** The first page of deciding: the answers. They are kept as a draft until they have been checked and sent. */
@Controller('referrals/:reference/decision')
export class DecisionController {
  constructor(
    private readonly forms: ReferralForms,
    private readonly drafts: Drafts,
    private readonly preview: PreviewDecision,
    private readonly policies: Policies,
    private readonly decide: DecideAndTakeNext,
    private readonly undoable: ReadUndoable,
    private readonly localities: ReadLocalities,
  ) {}

  @Get()
  @Needs('referral:decide')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @Query('done') done?: unknown,
  ): Promise<Answer> {
    return this.forms.show(await this.form(by), reference, by, await justDone(this.undoable, done, by));
  }

  @Post()
  @Needs('referral:decide')
  async answer(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(DecisionForm) posted: Posted<DecisionForm>,
  ): Promise<Answer> {
    const preview = await this.complete(reference, by, posted);
    if (preview instanceof View) return preview;
    return this.check(reference, by, posted);
  }

  /**
   * Records the answers without the page that checks them, and leads to the next referral. What is unusual goes by that
   * page all the same: see {@link isUnusual}.
   */
  @Post('record')
  @FormOn('/referrals/:reference/decision')
  @Needs('referral:decide')
  async record(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(DecisionForm) posted: Posted<DecisionForm>,
  ): Promise<Answer> {
    const preview = await this.complete(reference, by, posted);
    if (preview instanceof View) return preview;
    if (isUnusual(posted.form, preview)) return this.check(reference, by, posted);
    try {
      const done = await this.decide.execute(commandOf(reference, posted.form, preview, by));
      await this.drafts.remove('decision', reference, by, posted.window);
      return afterDeciding(reference, done, posted.form);
    } catch (error) {
      // The page of the check shows what others did beside the answers.
      if (!isShownOnTheForm(error)) throw error;
      return this.check(reference, by, posted);
    }
  }

  /** @returns the needs of the decision; the form again when an answer is missing */
  private async complete(
    reference: string,
    by: StaffActor,
    posted: Posted<DecisionForm>,
  ): Promise<PreviewedDecision | View> {
    if (posted.errors !== null) return this.forms.withErrors(await this.form(by), { reference, by, posted });
    const { form } = posted;
    const { outcome } = form;
    const preview = await this.preview.execute({
      reference,
      outcome,
      thresholdLevel: levelOf(form),
      others: othersIn(form),
      by,
    });
    const errors = missingIn(form, preview);
    return errors === null
      ? preview
      : this.forms.withErrors(await this.form(by), { reference, by, posted: { ...posted, errors } });
  }

  private async check(reference: string, by: StaffActor, { typed }: Posted<DecisionForm>): Promise<Answer> {
    await this.drafts.save('decision', reference, typed, by);
    return redirect(`/referrals/${reference}/decision/check`);
  }

  private async form(by: StaffActor): Promise<FormAboutReferral> {
    return decisionForm((await this.policies.inForce()).policy, (await this.localities.inForce(by)).localities);
  }
}
