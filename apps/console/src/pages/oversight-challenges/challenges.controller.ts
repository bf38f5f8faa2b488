import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { timeInWords } from '#domain';
import { AnswerChallenge, ReadChallenges, ReplyToAnswer } from '#oversight';
import { Drafts, stampOf } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { AnswerForm, ReplyForm } from './challenge.form.ts';
import { actsOn, answerFields, presentChallenge, presentLine, replyFields } from './challenge.presenter.ts';

/** The form of a challenge's page that was not recorded. */
interface Unrecorded {
  readonly form: AnswerForm | ReplyForm;
  readonly errors: FormErrors | null;
  readonly refusal?: string;
  readonly status: number;
}

/** Challenges: the list, and each with its answers. */
@Controller('oversight/challenges')
export class ChallengesController {
  constructor(
    private readonly challenges: ReadChallenges,
    private readonly answerChallenge: AnswerChallenge,
    private readonly replyToAnswer: ReplyToAnswer,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('oversight:read')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    const { open, settled, now } = await this.challenges.all(by);
    const lines = (all: typeof open) => all.map((one) => presentLine(one, now, this.time.zone));
    return view('pages/oversight-challenges/challenges.njk', { open: lines(open), settled: lines(settled) });
  }

  @Get(':id')
  @Needs('oversight:read')
  async show(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(id, by, null);
  }

  @Post(':id/answer')
  @FormOn('/oversight/challenges/:id')
  @Needs('challenge:answer')
  async answer(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(AnswerForm) { form, errors, typed, window }: Posted<AnswerForm>,
  ): Promise<Answer> {
    const { answer, formId } = form;
    const refusal =
      errors === null
        ? await refusalOf(() => this.answerChallenge.execute({ challengeId: id, answer, formId, by }))
        : null;
    if (errors !== null || refusal !== null) {
      const kept = await refusalOf(() => this.drafts.save('challenge-answer', id, typed, by, window));
      const status = errors === null ? 409 : 422;
      return this.page(id, by, {
        form,
        errors,
        refusal: [refusal, kept].filter((one) => one !== null).join(' '),
        status,
      });
    }
    await this.drafts.remove('challenge-answer', id, by, window);
    return redirect(`/oversight/challenges/${id}`, {
      notice: 'Your answer is recorded. The clock runs until it is accepted.',
    });
  }

  @Post(':id/reply')
  @FormOn('/oversight/challenges/:id')
  @Needs('challenge:make')
  async reply(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ReplyForm) { form, errors }: Posted<ReplyForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(id, by, { form, errors, status: 422 });
    const { answerId, result } = form;
    const words = form.words || null;
    const refusal = await refusalOf(() =>
      this.replyToAnswer.execute({ challengeId: id, answerId, result, words, formId, by }),
    );
    if (refusal !== null) return this.page(id, by, { form, errors, refusal, status: 409 });
    return redirect(`/oversight/challenges/${id}`, {
      notice: result === 'accepted' ? 'The challenge is settled.' : 'The answer is returned. The clock runs on.',
    });
  }

  private async page(id: string, by: StaffActor, unrecorded: Unrecorded | null): Promise<View> {
    const { challenge, now } = await this.challenges.one({ id, by });
    const acts = actsOn(challenge, by);
    const draft = acts.mayAnswer ? await this.drafts.find('challenge-answer', id, by) : null;
    const { form = draft?.typed ?? {}, errors = null, refusal = '', status = 200 } = unrecorded ?? {};
    const fields = new FormFields(form, errors);
    const locals = {
      ...{ challenge: presentChallenge(challenge, now, this.time.zone), acts },
      ...answerFields(fields),
      ...replyFields(fields),
      formId: randomUUID(),
      answerId: challenge.turns.at(-1)?.id,
      draftAt: `/drafts/challenge-answer/${id}`,
      draftBegan: stampOf(draft?.savedAt),
      restored: unrecorded === null && draft !== null ? timeInWords(draft.savedAt, this.time.zone) : null,
      errorSummary: errorSummary(errors),
      refusal,
      // A form that cannot be sent any more is not shown: what was written in it is.
      written: acts.mayAnswer || acts.mayReply ? null : writtenIn(unrecorded),
    };
    return view('pages/oversight-challenges/challenge.njk', locals, status);
  }
}

function writtenIn(unrecorded: Unrecorded | null): string | null {
  if (unrecorded === null) return null;
  return 'answer' in unrecorded.form ? unrecorded.form.answer : unrecorded.form.words;
}
