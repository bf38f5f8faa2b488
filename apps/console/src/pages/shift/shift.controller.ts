import { Needs, Staff, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { EndShift, ReadHeld, type QueueLine, type Typed } from '#work';
import { Controller, Get, Post } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { NoteForm } from '../../shell/forms/note.form.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { ratingTag } from '../../shell/words/words.ts';
import { sentAs } from '../../shell/forms/sent-as.ts';

/** The end of a shift: everything one holds goes to somebody, or back on the queue. */
@Controller('shift')
export class ShiftController {
  constructor(
    private readonly readHeld: ReadHeld,
    private readonly endShift: EndShift,
    private readonly staff: Staff,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:claim')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(by, {}, new NoteForm(), null);
  }

  @Post()
  @Needs('referral:claim')
  async end(
    @SignedIn() by: StaffActor,
    @PostedForm(NoteForm) { form, errors, typed, formId }: Posted<NoteForm>,
  ): Promise<Answer> {
    if (errors !== null) return this.page(by, typed, form, errors, 422);
    // Each referral that the page showed has a field of its name, empty for the queue.
    const referrals = Object.entries(typed)
      .filter(([name]) => name.startsWith('MASH-'))
      .map(([reference, to]) => ({ reference, to: to === '' ? null : to }));
    let ended = 0;
    const why = await refusalOf(async () => {
      ended = await this.endShift.execute({ referrals, note: form.note.trim(), by, ...sentAs(formId) });
    });
    if (why !== null) return this.page(by, typed, form, { note: `You still hold everything. ${why}` }, 409);
    const notice = ended === 1 ? 'You let go of one referral.' : `You let go of ${ended} referrals.`;
    return redirect('/queue?view=mine', { notice });
  }

  private async page(
    by: StaffActor,
    chosen: Typed,
    form: NoteForm,
    errors: FormErrors | null,
    status = 200,
  ): Promise<View> {
    const { zone } = this.time;
    const { lines, now } = await this.readHeld.execute({ by, timeZone: zone });
    const colleagues = (await this.staff.everybody()).filter(({ id }) => id !== by.id);
    const goesTo = [
      { value: '', text: 'Back on the queue' },
      ...colleagues.map(({ id, name }) => ({ value: id, text: name })),
    ];
    const fields = new FormFields({ ...chosen, ...form }, errors);
    const words = {
      label: 'What the next person should know (optional)',
      isLarge: true,
      hint: 'It stays on the timeline of each of these referrals',
    };
    const locals = {
      held: lines.filter(canBeLetGo).map((line) => ({
        reference: line.reference,
        goesTo: fields.select(line.reference, { label: `Where ${line.reference} goes` }, goesTo),
        child: line.child || 'Name not known',
        rating: ratingTag(line.rating),
        clock: runningClocks(line, now, zone)[0],
      })),
      note: fields.textarea('note', words, { rows: 3 }),
      awaitingSignOff: lines.filter((line) => !canBeLetGo(line)).length,
      errorSummary: errorSummary(errors),
    };
    return view('pages/shift/shift.njk', locals, status);
  }
}

/** What waits for sign-off is in the hands of a manager. */
function canBeLetGo({ status }: QueueLine): boolean {
  return status === 'awaiting_decision';
}
