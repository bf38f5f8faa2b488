import { Controller, Get, Param, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { isBlank } from '#domain';
import { AnswerRequest, ChaseRequest, ReadLateAnswer, ReadOwnRequests, WithdrawRequest } from '#partners';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { AnswerForm, ChaseForm, LateReadForm, WithdrawForm } from './requests.form.ts';
import { presentOwnRequests, presentRequestPage } from './requests.presenter.ts';

/** The requests for information: a partner's own, and each one for the hub, which writes down what an agency says. */
@Controller('requests')
export class RequestsController {
  constructor(
    private readonly ownRequests: ReadOwnRequests,
    private readonly answerRequest: AnswerRequest,
    private readonly chaseRequest: ChaseRequest,
    private readonly withdrawRequest: WithdrawRequest,
    private readonly readLateAnswer: ReadLateAnswer,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('own-requests:read')
  async own(@SignedIn() by: StaffActor): Promise<Answer> {
    return view('pages/requests/requests.njk', presentOwnRequests(await this.ownRequests.execute(by), this.time.zone));
  }

  @Get(':id')
  @Needs('request:read')
  async show(@Param('id') id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(id, by, {}, null);
  }

  @Post(':id/answer')
  @FormOn('/requests/:id')
  @Needs('request:answer')
  async answer(
    @Param('id') id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(AnswerForm) { form, errors }: Posted<AnswerForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { kind, handling, words, leadWorker, saidBy } = form;
    const wrong = { ...errors, ...(await this.whatElseIsWrong(form, id, by)) };
    if (kind === '' || handling === '' || Object.keys(wrong).length > 0) return this.page(id, by, form, wrong, 422);
    const lastContactOn = form.lastContactOn === '' ? null : Temporal.PlainDate.from(form.lastContactOn);
    const said = { kind, handling, words: words.trim(), leadWorker: leadWorker.trim(), saidBy: saidBy.trim() };
    await this.answerRequest.execute({ request: id, ...said, lastContactOn, formId, by });
    return redirect(may(by, 'own-requests:read') ? '/requests' : `/requests/${id}`, {
      notice: 'The answer is with the hub.',
    });
  }

  @Post(':id/chase')
  @FormOn('/requests/:id')
  @Needs('information:ask')
  async chase(
    @Param('id') id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ChaseForm) { form, errors }: Posted<ChaseForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const act = () => this.chaseRequest.execute({ request: id, note: form.chased.trim(), formId, by });
    return this.done(id, by, { form, errors, field: 'chased' }, act, 'The reminder is on record. The clock runs on.');
  }

  @Post(':id/withdraw')
  @FormOn('/requests/:id')
  @Needs('information:ask')
  async withdraw(
    @Param('id') id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(WithdrawForm) { form, errors }: Posted<WithdrawForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const act = () => this.withdrawRequest.execute({ request: id, reason: form.because.trim(), formId, by });
    return this.done(
      id,
      by,
      { form, errors, field: 'because' },
      act,
      'The request is withdrawn. Its clock has stopped.',
    );
  }

  @Post(':id/late')
  @FormOn('/requests/:id')
  @Needs('information:ask')
  async late(
    @Param('id') id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(LateReadForm) { form, errors }: Posted<LateReadForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const act = () => this.readLateAnswer.execute({ answer: form.answer, note: form.follows.trim(), formId, by });
    return this.done(id, by, { form, errors, field: 'follows' }, act, 'The late answer is read. Its alerts end.');
  }

  /** One of the short forms of the hub on the page of a request. */
  private async done(
    id: string,
    by: StaffActor,
    { form, errors, field }: { form: object; errors: FormErrors | null; field: string },
    act: () => Promise<void>,
    notice: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(id, by, form, errors, 422);
    const refused = await refusalOf(act);
    if (refused !== null) return this.page(id, by, form, { [field]: refused }, 409);
    return redirect(`/requests/${id}`, { notice });
  }

  /** What the form alone does not know: that the day has come, and who writes it down. */
  private async whatElseIsWrong(
    { lastContactOn, saidBy }: AnswerForm,
    id: string,
    by: StaffActor,
  ): Promise<FormErrors> {
    const { now } = await this.ownRequests.one(id, by);
    const today = now.toZonedDateTimeISO(this.time.zone).toPlainDate().toString();
    return {
      ...(lastContactOn > today ? { lastContactOn: 'The last contact must be today or before' } : {}),
      ...(may(by, 'information:ask') && isBlank(saidBy) ? { saidBy: 'Say who at the agency said it' } : {}),
    };
  }

  private async page(id: string, by: StaffActor, form: object, errors: FormErrors | null, status = 200): Promise<View> {
    const { request, now } = await this.ownRequests.one(id, by);
    return view(
      'pages/requests/request.njk',
      presentRequestPage({ request, now, form, errors }, by, this.time.zone),
      status,
    );
  }
}
