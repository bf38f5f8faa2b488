import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { GiveBack, ReadReferral } from '#triage';
import type { Response } from 'express';
import { readForm, type FormErrors } from '../../shell/forms/read-form.ts';
import { ReferencePipe } from '../../shell/pipes/reference.pipe.ts';
import { refusalInWords } from '../../shell/refusals.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { NoteForm } from '../../shell/forms/note-form.ts';

@Controller('referrals/:reference/give-back')
export class GiveBackController {
  constructor(
    private readonly giveBack: GiveBack,
    private readonly readReferral: ReadReferral,
  ) {}

  @Get()
  @Needs('referral:claim')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.render(request, response, 200, reference, new NoteForm(), null);
  }

  @Post()
  @Needs('referral:claim')
  async back(
    @Param('reference', ReferencePipe) reference: string,
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
    response
      .status(status)
      .render('pages/give-back/give-back.njk', { reference, children: childrenInWords(page), form, errors });
  }
}
