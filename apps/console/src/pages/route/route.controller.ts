import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { isBlank, ruleOfRoute } from '#domain';
import { Refused } from '#platform';
import { ReadReferral } from '#referrals';
import { AnswerRoute, DecideAgain, ReadRoutes, SendOn } from '#routes';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary } from '../../shell/forms/form-fields.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { saidMoment } from '../../shell/forms/said-moment.ts';
import { DecideAgainForm, RouteAnswerForm, SendOnForm } from './route.form.ts';
import { presentRoute, type SentRouteForm } from './route.presenter.ts';

/** Where a referral was sent: the answer of those it went to, and what the hub does when they do not take it. */
@Controller('referrals/:reference/route')
@FormOn('/referrals/:reference/route')
export class RouteController {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly routes: ReadRoutes,
    private readonly answerRoute: AnswerRoute,
    private readonly sendOn: SendOn,
    private readonly decideAgain: DecideAgain,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('route:read')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by);
  }

  @Post('answer')
  @Needs('route:answer')
  async answer(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(RouteAnswerForm) { form, errors }: Posted<RouteAnswerForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { now } = await this.readReferral.execute({ reference, by });
    const { at, error } = saidMoment(form, now, this.time.zone);
    const all = error === null ? errors : { ...errors, time: error };
    const { routeId, answer } = form;
    if (all !== null || answer === '') {
      return this.page(reference, by, { which: 'answer', typed: form, errors: all }, null, 422);
    }
    const said = { answeredBy: form.answeredBy.trim(), answeredAt: at, reason: form.reason.trim() };
    const refusal = await refusalOf(() =>
      this.answerRoute.execute({ reference, routeId, answer, ...said, formId, by }),
    );
    if (refusal !== null) return this.page(reference, by, { which: 'answer', typed: form, errors: null }, refusal, 409);
    return redirect(answer === 'accepted' ? `/referrals/${reference}` : `/referrals/${reference}/route`, {
      notice:
        answer === 'accepted'
          ? `${reference} is accepted.`
          : `${reference} is back at the hub: send it on, or decide again.`,
    });
  }

  @Post('send')
  @Needs('route:send')
  async send(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(SendOnForm) { form, errors }: Posted<SendOnForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { routeId, team, recipient, sendReason } = form;
    const all = { ...errors, ...(await this.missingIn(reference, form, by)) };
    if (Object.keys(all).length > 0) {
      return this.page(reference, by, { which: 'send', typed: form, errors: all }, null, 422);
    }
    const to = { team, recipient: recipient.trim(), reason: sendReason.trim() };
    const refusal = await refusalOf(() => this.sendOn.execute({ reference, routeId, ...to, formId, by }));
    if (refusal !== null) return this.page(reference, by, { which: 'send', typed: form, errors: null }, refusal, 409);
    return redirect(`/referrals/${reference}`, { notice: `${reference} is sent. The time for an answer begins now.` });
  }

  @Post('again')
  @Needs('route:send')
  async again(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(DecideAgainForm) { form, errors }: Posted<DecideAgainForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) throw new Refused('form-not-whole');
    const { routeId } = form;
    const refusal = await refusalOf(() => this.decideAgain.execute({ reference, routeId, formId, by }));
    if (refusal !== null) return this.page(reference, by, null, refusal, 409);
    return redirect(`/referrals/${reference}`, { notice: `${reference} is on the queue again, to be decided again.` });
  }

  /** What the route that is there asks for, which the form alone does not know. */
  private async missingIn(reference: string, { routeId, team, recipient, sendReason }: SendOnForm, by: StaffActor) {
    const route = (await this.routes.ofReferral(reference, by))?.routes.find(({ id }) => id === routeId);
    if (route === undefined) return {};
    const { goesTo } = ruleOfRoute(route.kind);
    return {
      ...(goesTo === 'team' && team === '' ? { team: 'Select the team' } : {}),
      ...(goesTo === 'named' && isBlank(recipient) ? { recipient: 'Enter the worker or the authority' } : {}),
      ...(route.state !== 'no_recipient' && isBlank(sendReason) ? { sendReason: 'Say why it is sent on' } : {}),
    };
  }

  private async page(
    reference: string,
    by: StaffActor,
    sent: SentRouteForm | null = null,
    refusal: string | null = null,
    status = 200,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const found = await this.routes.ofReferral(reference, by);
    if (found === null) throw new Refused('not-found');
    const locals = {
      ...presentRoute(page, found, by, sent, this.time.zone),
      errorSummary: errorSummary(sent?.errors ?? null),
      refusal,
    };
    return view('pages/route/route.njk', locals, status);
  }
}
