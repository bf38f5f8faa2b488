import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { isBlank } from '#domain';
import { Refused } from '#platform';
import { AcceptHandover, ReadHandovers } from '#rota';
import { NameReferrals } from '#work';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { HandoverAcceptForm, HandoverNoteForm } from './handover.form.ts';
import { presentHandovers, type RefusedNote } from './handover.presenter.ts';

@Controller('handover')
@FormOn('/handover')
export class HandoverController {
  constructor(
    private readonly read: ReadHandovers,
    private readonly nameReferrals: NameReferrals,
    private readonly acceptHandover: AcceptHandover,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('handover:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(by, null);
  }

  @Post(':id/accept')
  @Needs('handover:accept')
  async accept(
    @Param('id', UuidPipe) handoverId: string,
    @SignedIn() by: StaffActor,
    @PostedForm(HandoverAcceptForm) { form, errors }: Posted<HandoverAcceptForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { note } = form;
    const about = form.about || null;
    if (errors !== null) return this.page(by, { handoverId, note, about, errors }, 422);
    try {
      await this.acceptHandover.accept({ handoverId, note, about, by, formId });
    } catch (error) {
      if (!(error instanceof Refused) || error.code === 'not-found') throw error;
      const { text, onForm = text } = error.refusal;
      if (isBlank(note)) return redirect('/handover', { warning: text });
      return this.page(by, { handoverId, note, about, errors: { note: onForm } }, 409);
    }
    return redirect('/handover', { notice: 'You have accepted the hand-over.' });
  }

  @Post(':id/note')
  @Needs('handover:accept')
  async note(
    @Param('id', UuidPipe) handoverId: string,
    @SignedIn() by: StaffActor,
    @PostedForm(HandoverNoteForm) { form, errors }: Posted<HandoverNoteForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { note } = form;
    const about = form.about || null;
    if (errors !== null) return this.page(by, { handoverId, note, about, errors }, 422);
    try {
      await this.acceptHandover.write({ handoverId, note, about, by, formId });
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal.onForm === undefined) throw error;
      return this.page(by, { handoverId, note, about, errors: { note: error.refusal.onForm } }, 409);
    }
    return redirect('/handover', { notice: 'Your note is with the hand-over.' });
  }

  private async page(by: StaffActor, refused: RefusedNote | null, status = 200): Promise<View> {
    const read = await this.read.execute({ by });
    const references = read.handovers.flatMap(({ referrals }) => referrals.map(({ reference }) => reference));
    const named = await this.nameReferrals.execute([...new Set(references)], by);
    return view('pages/handover/handover.njk', presentHandovers(read, named, refused, this.time.zone), status);
  }
}
