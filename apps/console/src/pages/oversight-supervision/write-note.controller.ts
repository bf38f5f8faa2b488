import { Needs, type StaffActor } from '#access';
import { timeInWords } from '#domain';
import { HubTime } from '#deadlines';
import { ReadNotes, WriteNote, type NewAction } from '#oversight';
import { Drafts, stampOf } from '#work';
import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import { readForm, type FormErrors, type Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { actionsIn, NoteForm, subjectIn } from './note.form.ts';
import { noteFields, subjectInWords } from './note.presenter.ts';

interface Shown {
  readonly typed: object;
  readonly errors?: FormErrors | null;
  readonly refusal?: string;
  readonly savedAt?: Temporal.Instant | undefined;
  readonly isRestored?: boolean;
  readonly status?: number;
}

/** A new supervision note. Its form has an id, which is its address: several can be begun. */
@Controller('oversight/supervision/new')
export class WriteNoteController {
  constructor(
    private readonly notes: ReadNotes,
    private readonly writeNote: WriteNote,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  /** @param about `referral`, `challenge` or `sample`, with the reference or id of that */
  @Get()
  @Needs('supervision:write')
  begin(@Query('about') about: unknown, @Query('id') id: unknown): Answer {
    const subject = typeof about === 'string' && typeof id === 'string' ? `${about} ${id}` : '';
    const { errors } = readForm(NoteForm, { about: subject });
    const query =
      errors?.['about'] === undefined && subject !== '' ? `?${new URLSearchParams({ about: subject }).toString()}` : '';
    return redirect(`/oversight/supervision/new/${randomUUID()}${query}`);
  }

  @Get(':form')
  @Needs('supervision:write')
  async show(
    @Param('form', UuidPipe) formId: string,
    @Query('about') about: unknown,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    const draft = await this.drafts.find('supervision', formId, by);
    if (draft === null && (await this.drafts.isLate(formId, by))) {
      return redirect('/oversight/supervision', { warning: 'That note has been recorded: it is in the list.' });
    }
    const typed = draft?.typed ?? { about: typeof about === 'string' ? about : '' };
    return this.page(formId, by, { typed, savedAt: draft?.savedAt, isRestored: draft !== null });
  }

  @Post(':form')
  @Needs('supervision:write')
  async write(
    @Param('form', UuidPipe) formId: string,
    @SignedIn() by: StaffActor,
    @PostedForm(NoteForm) { form, errors: faults, typed, window }: Posted<NoteForm>,
  ): Promise<Answer> {
    const { actions, errors: actionFaults } = actionsIn(typed, form.worker);
    const errors = faults === null && actionFaults === null ? null : { ...faults, ...actionFaults };
    let id = '';
    const refusal =
      errors === null ? await refusalOf(async () => (id = await this.record(form, actions, formId, by))) : null;
    if (errors !== null || refusal !== null) {
      let savedAt: Temporal.Instant | undefined;
      const kept = await refusalOf(
        async () => (savedAt = await this.drafts.save('supervision', formId, typed, by, window)),
      );
      const why = [refusal, kept].filter((one) => one !== null).join(' ');
      return this.page(formId, by, { typed, errors, refusal: why, savedAt, status: errors === null ? 409 : 422 });
    }
    await this.drafts.remove('supervision', formId, by, window);
    return redirect(`/oversight/supervision/${id}`, { notice: 'The note is recorded. The person can read it now.' });
  }

  private record(form: NoteForm, actions: readonly NewAction[], formId: string, by: StaffActor): Promise<string> {
    const { worker: workerId, words, about } = form;
    return this.writeNote.execute({ workerId, words, about: subjectIn(about), actions, formId, by });
  }

  private async page(formId: string, by: StaffActor, shown: Shown): Promise<View> {
    const { typed, errors = null, refusal = '', savedAt, isRestored = false, status = 200 } = shown;
    const { about = '' } = typed as { about?: string };
    const locals = {
      ...noteFields(new FormFields(typed, errors), await this.notes.people(by)),
      about,
      subject: subjectInWords(subjectIn(about)),
      at: `/oversight/supervision/new/${formId}`,
      draftAt: `/drafts/supervision/${formId}`,
      draftBegan: stampOf(savedAt),
      restored: isRestored && savedAt !== undefined ? timeInWords(savedAt, this.time.zone) : null,
      errorSummary: errorSummary(errors),
      refusal,
    };
    return view('pages/oversight-supervision/new-note.njk', locals, status);
  }
}
