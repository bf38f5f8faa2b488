import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { EndJudgement, JudgeChildren, ReadFamily, ReadKnownChildren, type ChildOfReferral } from '#children';
import { HubTime } from '#deadlines';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { FindConsultations } from '#referrals';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { presentAdvice } from '../../shell/referral/consultations.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { EndForm, JudgeForm } from './child.form.ts';
import { presentChild, type RefusedEnd } from './child.presenter.ts';

/** A child across the referrals that persons said to be about it. Its address is any of them, and its number there. */
@Controller('referrals/:reference/children/:number')
@FormOn('/referrals/:reference/children/:number')
export class ChildController {
  constructor(
    private readonly known: ReadKnownChildren,
    private readonly consultations: FindConsultations,
    private readonly family: ReadFamily,
    private readonly judgeChildren: JudgeChildren,
    private readonly endJudgement: EndJudgement,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('child:read')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @Param('number') number: string,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    return this.page(childAt(reference, number), by, null);
  }

  @Post('judge')
  @Needs('child:judge')
  async judge(
    @Param('reference', ReferencePipe) reference: string,
    @Param('number') number: string,
    @SignedIn() by: StaffActor,
    @PostedForm(JudgeForm) { form }: Posted<JudgeForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const one = childAt(reference, number);
    const other = childAt(parseReferralReference(form.other) ?? '', form.otherNumber);
    const isSame = form.says === 'same';
    if (!isSame && form.says !== 'different') throw new Refused('not-found');
    const refused = await refusalOf(() => this.judgeChildren.execute({ one, other, isSame, formId, by }));
    const said = isSame
      ? `One child with ${other.reference} now. The page of the child parts them again.`
      : `Not the child of ${other.reference}. It is not offered again.`;
    return redirect(
      backTo(form.here, reference, number),
      refused === null ? { notice: said } : { warning: `Nothing was recorded. ${refused}` },
    );
  }

  @Post('end')
  @Needs('child:judge')
  async end(
    @Param('reference', ReferencePipe) reference: string,
    @Param('number') number: string,
    @SignedIn() by: StaffActor,
    @PostedForm(EndForm) { form, errors }: Posted<EndForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { judgement, reason } = form;
    if (errors !== null) return this.page(childAt(reference, number), by, { judgement, reason, errors }, 422);
    await this.endJudgement.execute({ judgement, reason: reason.trim(), formId, by });
    return redirect(`/referrals/${reference}/children/${number}`, {
      notice: 'Taken back. Each referral has its own history again.',
    });
  }

  private async page(child: ChildOfReferral, by: StaffActor, refused: RefusedEnd | null, status = 200): Promise<View> {
    const known = await this.known.ofChild(child, by);
    const family = await this.family.ofChild(child, by);
    const named = [known.here, ...known.elsewhere].map(({ submitted }) => submitted);
    const advice = await this.consultations.about(named, by);
    const when = (instant: Temporal.Instant) => dayAndTime(instant, known.now, this.time.zone);
    const adviceBefore = advice.map((one) => presentAdvice(one, when));
    const presented = presentChild({ ...known, ...family }, by, refused, this.time.zone);
    return view('pages/child/child.njk', { ...presented, adviceBefore }, status);
  }
}

/** @throws Refused `not-found` for what is no number of a child */
function childAt(reference: string, number: string): ChildOfReferral {
  if (!/^[1-9]\d?$/.test(number)) throw new Refused('not-found');
  return { reference, position: Number(number) - 1 };
}

/** Only to a page of this referral. */
function backTo(here: string, reference: string, number: string): string {
  const isOurs = new RegExp(`^/referrals/${reference}(/(decision|sign-off|rating|children/\\d+))?$`).test(here);
  return isOurs ? here : `/referrals/${reference}/children/${number}`;
}
