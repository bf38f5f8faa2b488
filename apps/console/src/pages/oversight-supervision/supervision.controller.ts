import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { DoAction, ReadNotes } from '#oversight';
import { Drafts } from '#work';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary } from '../../shell/forms/form-fields.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { DoneForm } from './note.form.ts';
import { presentLine, presentNote, type RefusedDone } from './note.presenter.ts';

/** Supervision notes as their readers have them. */
@Controller('oversight/supervision')
export class SupervisionController {
  constructor(
    private readonly notes: ReadNotes,
    private readonly doAction: DoAction,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('supervision:read')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    const { notes, now } = await this.notes.all(by);
    const begun = may(by, 'supervision:write') ? await this.drafts.all('supervision', by) : [];
    return view('pages/oversight-supervision/notes.njk', {
      notes: notes.map((note) => presentLine(note, by, now, this.time.zone)),
      mayWrite: may(by, 'supervision:write'),
      begun: begun.map(({ subject, savedAt }) => ({
        href: `/oversight/supervision/new/${subject}`,
        saved: dayAndTime(savedAt, now, this.time.zone),
      })),
    });
  }

  @Get(':id')
  @Needs('supervision:read')
  async show(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(id, by, null);
  }

  @Post(':id/done')
  @FormOn('/oversight/supervision/:id')
  @Needs('supervision:read')
  async done(
    @Param('id', UuidPipe) noteId: string,
    @SignedIn() by: StaffActor,
    @PostedForm(DoneForm) { form, errors }: Posted<DoneForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { action, came } = form;
    if (errors !== null) return this.page(noteId, by, { action, came, errors }, 422);
    const words = came || null;
    const refusal = await refusalOf(() => this.doAction.execute({ noteId, actionId: action, words, formId, by }));
    if (refusal !== null) return this.page(noteId, by, { action, came, errors: {} }, 409, refusal);
    return redirect(`/oversight/supervision/${noteId}`, { notice: 'The action is done.' });
  }

  private async page(
    id: string,
    by: StaffActor,
    refused: RefusedDone | null,
    status = 200,
    refusal = '',
  ): Promise<View> {
    const { note, now } = await this.notes.one({ id, by });
    const locals = {
      ...presentNote(note, { by, now, zone: this.time.zone, refused }),
      errorSummary: refused && refusal === '' ? errorSummary(refused.errors, () => `#came-${refused.action}`) : null,
      refusal,
      cameUnrecorded: refusal === '' ? null : refused?.came,
    };
    return view('pages/oversight-supervision/note.njk', locals, status);
  }
}
