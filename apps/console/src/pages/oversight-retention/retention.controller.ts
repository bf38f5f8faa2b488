import { Controller, Get, Param, Post } from '@nestjs/common';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { AnswerDestruction, ApproveDestruction, ReadRetention } from '#retention';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { errorSummary } from '../../shell/forms/form-fields.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { AnswerForm, ApproveForm } from './retention.form.ts';
import { presentCertificate, presentRetention } from './retention.presenter.ts';

/** What was not done, and what was ticked. */
interface NotDone {
  readonly errors: FormErrors | null;
  readonly refusal: string;
  readonly ticked: readonly string[];
}

const NOTHING: NotDone = { errors: null, refusal: '', ticked: [] };

/** Records whose period is over: one senior manager approves, another agrees. */
@Controller('oversight/retention')
export class RetentionController {
  constructor(
    private readonly retention: ReadRetention,
    private readonly approveDestruction: ApproveDestruction,
    private readonly answerDestruction: AnswerDestruction,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('retention:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(by, NOTHING, 200);
  }

  @Post()
  @Needs('retention:decide')
  async approve(
    @SignedIn() by: StaffActor,
    @PostedForm(ApproveForm) { form, errors }: Posted<ApproveForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const ticked = form.proposals;
    if (errors !== null) return this.page(by, { ...NOTHING, errors, ticked }, 422);
    const refusal = await refusalOf(() => this.approveDestruction.execute({ proposals: ticked, formId, by }));
    return refusal === null ? redirect('/oversight/retention') : this.page(by, { ...NOTHING, refusal, ticked }, 409);
  }

  @Get('destructions/:id')
  @Needs('retention:read')
  async certificate(@Param('id') id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.ofOne(id, by, NOTHING, 200);
  }

  @Post('destructions/:id')
  @Needs('retention:decide')
  @FormOn('oversight/retention/destructions/:id')
  async answer(
    @Param('id') id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(AnswerForm) { form, errors }: Posted<AnswerForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { said } = form;
    if (errors !== null || said === '') return this.ofOne(id, by, { ...NOTHING, errors }, 422);
    const refusal = await refusalOf(() => this.answerDestruction.execute({ destruction: id, said, formId, by }));
    if (refusal !== null) return this.ofOne(id, by, { ...NOTHING, refusal }, 409);
    return redirect(`/oversight/retention/destructions/${id}`);
  }

  private async page(by: StaffActor, { errors, refusal, ticked }: NotDone, status: number): Promise<Answer> {
    const shown = presentRetention(await this.retention.execute(by), new Set(ticked), this.time.zone);
    const rights = { mayDecide: may(by, 'retention:decide'), mayHold: may(by, 'retention:hold') };
    const locals = { ...shown, ...rights, refusal, errorSummary: errorSummary(errors) };
    return view('pages/oversight-retention/retention.njk', locals, status);
  }

  private async ofOne(id: string, by: StaffActor, { errors, refusal }: NotDone, status: number): Promise<Answer> {
    const shown = presentCertificate(await this.retention.certificate(id, by), errors, this.time.zone);
    const mayAnswer = shown.isWaiting && !shown.isOwn && may(by, 'retention:decide');
    const locals = { ...shown, mayAnswer, refusal, errorSummary: errorSummary(errors) };
    return view('pages/oversight-retention/certificate.njk', locals, status);
  }
}
