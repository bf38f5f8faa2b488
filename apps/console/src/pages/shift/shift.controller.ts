import { Needs, Staff, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { EndShift, ReadHeld, type Typed } from '#work';
import { Controller, Get, Post } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { NoteForm } from '../../shell/forms/note.form.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { presentShift } from './shift.presenter.ts';

/** The end of a shift: everything one holds goes to a person, or back on the queue. */
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
    @PostedForm(NoteForm) { form, errors, typed }: Posted<NoteForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(by, typed, form, errors, 422);
    // Each referral that the page showed has a field of its name, empty for the queue.
    const referrals = Object.entries(typed)
      .filter(([name]) => name.startsWith('MASH-'))
      .map(([reference, to]) => ({ reference, to: to === '' ? null : to }));
    let ended = 0;
    const why = await refusalOf(async () => {
      ended = await this.endShift.execute({ referrals, note: form.note.trim(), by, formId });
    });
    if (why !== null) return this.page(by, typed, form, { note: `You still have all of them. ${why}` }, 409);
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
    const held = await this.readHeld.execute({ by, timeZone: zone });
    const colleagues = (await this.staff.holders()).filter(({ id }) => id !== by.id);
    const locals = {
      ...presentShift(new FormFields({ ...chosen, ...form }, errors), held, colleagues, zone),
      errorSummary: errorSummary(errors),
    };
    return view('pages/shift/shift.njk', locals, status);
  }
}
