import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { Needs, Staff, type StaffActor } from '#access';
import { EndShift, NO_FILTERS, readPageEnd, ReadQueue, type PageEnd, type Queue, type QueueLine } from '#triage';
import type { Response } from 'express';
import { HubTime } from '../../shell/hub-time.ts';
import { readForm, typedIn, type FormErrors } from '../../shell/forms/read-form.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { ratingTag } from '../../shell/words/words.ts';
import { refusalInWords } from '../../shell/refusals.ts';
import { NoteForm } from '../../shell/forms/note-form.ts';

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
    const referrals = Object.entries(typedIn(request.body))
      .filter(([name]) => name.startsWith('MASH-'))
      .map(([reference, to]) => ({ reference, to: to === '' ? null : to }));
    let ended: number;
    try {
      ended = await this.endShift.execute({ referrals, note: form.note.trim(), by });
    } catch (error) {
      const note = refusalInWords(error);
      if (note === null) throw error;
      return this.render(request, response, 409, form, { note: `You still hold everything. ${note}` });
    }
    session.notice = ended === 1 ? 'You let go of one referral.' : `You let go of ${ended} referrals.`;
    response.redirect(303, '/queue?view=mine');
  }

  private async render(
    request: StaffRequest,
    response: Response,
    status: number,
    form: NoteForm,
    errors: FormErrors | null,
  ): Promise<void> {
    const { actor: by } = request;
    const { zone } = this.time;
    const { lines, now } = await this.everythingHeldBy(by);
    const chosen = typedIn(request.body);
    const colleagues = (await this.staff.everybody()).filter(({ id }) => id !== by.id);
    response.status(status).render('pages/shift/shift.njk', {
      form,
      errors,
      held: lines.filter(canBeLetGo).map((line) => ({
        reference: line.reference,
        goesTo: [
          { value: '', text: 'Back on the queue' },
          ...colleagues.map(({ id, name }) => ({ value: id, text: name, selected: id === chosen[line.reference] })),
        ],
        child: line.child || 'Name not known',
        rating: ratingTag(line.rating),
        clock: runningClocks(line, now, zone)[0],
      })),
      awaitingSignOff: lines.filter((line) => !canBeLetGo(line)).length,
    });
  }

  /** Page by page, as the queue gives it. */
  private async everythingHeldBy(by: StaffActor): Promise<Pick<Queue, 'lines' | 'now'>> {
    const lines: QueueLine[] = [];
    let after: PageEnd | null = null;
    for (;;) {
      const page: Queue = await this.readQueue.execute({
        view: 'mine', filters: NO_FILTERS, order: 'urgency', after, timeZone: this.time.zone, by,
      }); // prettier-ignore
      lines.push(...page.lines);
      if (page.next === null) return { lines, now: page.now };
      after = readPageEnd('urgency', page.next);
    }
  }
}

/** What waits for sign-off is in the hands of a manager. */
function canBeLetGo({ status }: QueueLine): boolean {
  return status === 'awaiting_decision';
}
