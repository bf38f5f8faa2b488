import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { Needs, Staff } from '#access';
import { EndShift, NO_FILTERS, ReadQueue, type QueueLine } from '#triage';
import type { Response } from 'express';
import { HubTime } from '../../layout/hub-time.ts';
import { readForm, type FormErrors } from '../../forms/read-form.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';
import { clockInWords, ratingTag } from '../../layout/words.ts';
import { NoteForm } from './note-form.ts';

/** The end of a shift: everything one holds goes to somebody, or back on the queue. */
@Controller('shift')
export class ShiftController {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly endShift: EndShift,
    private readonly staff: Staff,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:claim')
  async show(@Req() request: StaffRequest, @Res() response: Response): Promise<void> {
    await this.render(request, response, 200, new NoteForm(), null);
  }

  @Post()
  @Needs('referral:claim')
  async end(@Req() request: StaffRequest, @Res() response: Response): Promise<void> {
    const { actor: by, session } = request;
    const { form, errors } = readForm(NoteForm, request.body);
    if (errors !== null) return this.render(request, response, 422, form, errors);
    // Each referral that the page showed has a field of its name, empty for the queue.
    const referrals = Object.entries(request.body as Record<string, unknown>)
      .filter(([name]) => name.startsWith('MASH-'))
      .map(([reference, to]) => ({ reference, to: typeof to === 'string' && to !== '' ? to : null }));
    const ended = await this.endShift.execute({ referrals, note: form.note.trim(), by });
    session.notice = ended === 1 ? 'You let go of one referral.' : `You let go of ${ended} referrals.`;
    response.redirect(303, '/queue?view=mine');
  }

  private async render(
    { actor: by }: StaffRequest,
    response: Response,
    status: number,
    form: NoteForm,
    errors: FormErrors | null,
  ): Promise<void> {
    const { zone } = this.time;
    const { lines, now } = await this.readQueue.execute({
      view: 'mine', filters: NO_FILTERS, order: 'urgency', after: null, timeZone: zone, by,
    }); // prettier-ignore
    const colleagues = (await this.staff.everybody()).filter(({ id }) => id !== by.id);
    response.status(status).render('pages/shift.njk', {
      form,
      errors,
      colleagues: [
        { value: '', text: 'Back on the queue' },
        ...colleagues.map(({ id, name }) => ({ value: id, text: name })),
      ],
      held: lines.filter(canBeLetGo).map((line) => ({
        reference: line.reference,
        child: line.child || 'Name not known',
        rating: ratingTag(line.rating),
        clock: clockInWords(line.decisionDueAt, now, zone),
      })),
      awaitingSignOff: lines.filter((line) => !canBeLetGo(line)).length,
    });
  }
}

/** What waits for sign-off is in the hands of a manager. */
function canBeLetGo({ status }: QueueLine): boolean {
  return status === 'awaiting_decision';
}
