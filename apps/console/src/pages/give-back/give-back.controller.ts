import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadReferral } from '#referrals';
import { GiveBack } from '#work';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { NoteForm } from '../../shell/forms/note.form.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';

@Controller('referrals/:reference/give-back')
export class GiveBackController {
  constructor(
    private readonly giveBack: GiveBack,
    private readonly readReferral: ReadReferral,
  ) {}

  @Get()
  @Needs('referral:claim')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by, new NoteForm(), null);
  }

  @Post()
  @Needs('referral:claim')
  async back(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(NoteForm) { form, errors }: Posted<NoteForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(reference, by, form, errors, 422);
    const note = await refusalOf(() => this.giveBack.execute({ reference, note: form.note.trim(), by, formId }));
    if (note !== null) return this.page(reference, by, form, { note }, 409);
    return redirect('/queue', { notice: `You returned ${reference} to the queue.` });
  }

  private async page(
    reference: string,
    by: StaffActor,
    form: NoteForm,
    errors: FormErrors | null,
    status = 200,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const words = {
      label: 'What the next person should know (optional)',
      isLarge: true,
      hint: 'It stays on the referral’s timeline, and managers see it. Without a note you may be given this referral again.',
    };
    const locals = {
      reference,
      children: childrenInWords(page),
      note: new FormFields(form, errors).textarea('note', words, { rows: 3 }),
      errorSummary: errorSummary(errors),
    };
    return view('pages/give-back/give-back.njk', locals, status);
  }
}
