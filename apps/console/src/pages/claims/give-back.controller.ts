import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { ReadReferral } from '#referrals';
import { GiveBack } from '#work';
import type { Response } from 'express';
import { readForm, type FormErrors } from '../../forms/read-form.ts';
import { A_REFERENCE } from '../../layout/a-reference.ts';
import { refusalInWords } from '../../layout/refusals.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';
import { childrenInWords } from '../referral/identity.presenter.ts';
import { NoteForm } from './note-form.ts';

@Controller('referrals/:reference/give-back')
export class GiveBackController {
  constructor(
    private readonly giveBack: GiveBack,
    private readonly readReferral: ReadReferral,
  ) {}

  @Get()
  @Needs('referral:claim')
  async show(
    @Param('reference', A_REFERENCE) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.render(request, response, 200, reference, new NoteForm(), null);
  }

  @Post()
  @Needs('referral:claim')
  async back(
    @Param('reference', A_REFERENCE) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { actor: by, session } = request;
    const { form, errors } = readForm(NoteForm, request.body);
    if (errors !== null) return this.render(request, response, 422, reference, form, errors);
    try {
      await this.giveBack.execute({ reference, note: form.note.trim(), by });
    } catch (error) {
      const note = refusalInWords(error);
      if (note === null) throw error;
      return this.render(request, response, 409, reference, form, { note });
    }
    session.notice = `${reference} is back on the queue.`;
    response.redirect(303, '/queue');
  }

  private async render(
    { actor: by }: StaffRequest,
    response: Response,
    status: number,
    reference: string,
    form: NoteForm,
    errors: FormErrors | null,
  ): Promise<void> {
    const page = await this.readReferral.execute({ reference, by });
    response.status(status).render('pages/give-back.njk', { reference, children: childrenInWords(page), form, errors });
  }
}
