import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { GiveBack } from '#triage';
import type { Response } from 'express';
import { readForm } from '../../forms/read-form.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';
import { refusalInWords } from '../../layout/refusals.ts';
import { NoteForm } from './note-form.ts';

@Controller('referrals/:reference/give-back')
export class GiveBackController {
  constructor(private readonly giveBack: GiveBack) {}

  @Get()
  @Needs('referral:claim')
  show(@Param('reference') asked: string, @Res() response: Response): void {
    const reference = parseReferralReference(asked);
    if (reference === null) throw new Refused('not-found');
    response.render('pages/give-back.njk', { reference, form: new NoteForm() });
  }

  @Post()
  @Needs('referral:claim')
  async back(
    @Param('reference') reference: string,
    @Req() { actor: by, session, body }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { form, errors } = readForm(NoteForm, body);
    if (errors !== null) return response.status(422).render('pages/give-back.njk', { reference, form, errors });
    try {
      await this.giveBack.execute({ reference, note: form.note.trim(), by });
    } catch (error) {
      const note = refusalInWords(error);
      if (note === null) throw error;
      return response.status(409).render('pages/give-back.njk', { reference, form, errors: { note } });
    }
    session.notice = `${reference} is back on the queue.`;
    response.redirect(303, '/queue');
  }
}
