import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ReadReferral, WriteNote } from '#referrals';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { ReferralNoteForm } from './note.form.ts';

/** A note or a call on a referral: the person who has the referral keeps it. */
@Controller('referrals/:reference/note')
export class NoteController {
  constructor(
    private readonly writeNote: WriteNote,
    private readonly readReferral: ReadReferral,
  ) {}

  @Get()
  @Needs('referral:note')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by, new ReferralNoteForm(), null);
  }

  @Post()
  @Needs('referral:note')
  async write(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ReferralNoteForm) { form, errors }: Posted<ReferralNoteForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { kind } = form;
    if (errors !== null || kind === '') return this.page(reference, by, form, errors, 422);
    const written = { reference, kind, withWhom: form.withWhom.trim(), note: form.note.trim(), formId, by };
    const note = await refusalOf(() => this.writeNote.execute(written));
    if (note !== null) return this.page(reference, by, form, { note }, 409);
    return redirect(`/referrals/${reference}`, { notice: `Your note is on ${reference}.` });
  }

  private async page(
    reference: string,
    by: StaffActor,
    form: ReferralNoteForm,
    errors: FormErrors | null,
    status = 200,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const fields = new FormFields(form, errors);
    const locals = {
      reference,
      children: childrenInWords(page),
      kind: fields.radios('kind', { label: 'What do you note?' }, [
        { value: 'spoken', text: 'I spoke to a person' },
        { value: 'left_message', text: 'I left a message' },
        { value: 'no_answer', text: 'I reached no one' },
        { value: 'note', text: 'Another note' },
      ]),
      withWhom: fields.input('withWhom', {
        label: 'Whom you called or met',
        hint: 'Such as: the mother. Not needed for another note',
        isLarge: true,
      }),
      note: fields.textarea('note', { label: 'What was said or done', isLarge: true }, { rows: 5 }),
      errorSummary: errorSummary(errors),
    };
    return view('pages/note/note.njk', locals, status);
  }
}
