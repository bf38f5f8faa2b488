import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { MaxLength, Matches } from 'class-validator';
import { Needs } from '#access';
import { AcceptHandover, ReadHandovers } from '#alerts';
import { Refused } from '#platform';
import type { Response } from 'express';
import { UuidPipe } from '../../shell/pipes/uuid.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import { readForm } from '../../shell/forms/read-form.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { clockInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

class NoteForm {
  @MaxLength(5000, { message: 'The note must be 5,000 characters or fewer' })
  @Matches(/\S/, { message: 'Write what the next team must know' })
  readonly note: string = '';
}

const NOT_ACCEPTED: Readonly<Record<string, string>> = {
  'handover-already-accepted':
    'Nothing was accepted: the hand-over is closed. Somebody else has accepted it, or all its referrals are decided.',
  'handover-is-for-others':
    'Nothing was accepted: only somebody of the team that takes over, or a manager, can accept it.',
};

const TEAMS = { emergency_duty_team: 'the emergency duty team', hub: 'the hub' } as const;

@Controller('handover')
export class HandoverController {
  constructor(
    private readonly read: ReadHandovers,
    private readonly acceptHandover: AcceptHandover,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('handover:read')
  async show(@Req() request: StaffRequest, @Res() response: Response): Promise<void> {
    await this.render(request, response, 200, {});
  }

  @Post(':id/accept')
  @Needs('handover:accept')
  async accept(
    @Param('id', UuidPipe) handoverId: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    try {
      await this.acceptHandover.accept({ handoverId, by: request.actor });
      request.session.notice = 'You have accepted the hand-over.';
    } catch (error) {
      const why = error instanceof Refused ? NOT_ACCEPTED[error.code] : undefined;
      if (why === undefined) throw error;
      request.session.warning = why;
    }
    response.redirect(303, '/handover');
  }

  @Post(':id/note')
  @Needs('handover:accept')
  async note(
    @Param('id', UuidPipe) handoverId: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { form, errors } = readForm(NoteForm, request.body);
    if (errors !== null) return this.render(request, response, 422, { noteOf: handoverId, note: form.note, errors });
    try {
      await this.acceptHandover.write({ handoverId, note: form.note, by: request.actor });
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'handover-already-accepted') throw error;
      const why = { note: 'The hand-over has been accepted: tell the team that has it, or write it in the referral' };
      return this.render(request, response, 409, { noteOf: handoverId, note: form.note, errors: why });
    }
    request.session.notice = 'Your note is with the hand-over.';
    response.redirect(303, '/handover');
  }

  private async render({ actor }: StaffRequest, response: Response, status: number, more: object): Promise<void> {
    const { handovers, now } = await this.read.execute({ by: actor });
    const when = (instant: Temporal.Instant) => dayAndTime(instant, now, this.time.zone);
    response.status(status).render('pages/handover/handover.njk', {
      ...more,
      handovers: handovers.map((one) => ({
        ...one,
        title: `To ${TEAMS[one.passesTo]}, ${when(one.at)}`,
        accepted: one.acceptedAt === null ? null : `Accepted by ${one.acceptedBy} ${when(one.acceptedAt)}`,
        referrals: one.referrals.map((referral) => ({
          ...referral,
          tag: ratingTag(referral.rating),
          clock: referral.status === 'decided' ? null : clockInWords(referral.dueAt, now, this.time.zone),
        })),
        notes: one.notes.map((note) => ({ ...note, at: when(note.at) })),
      })),
    });
  }
}
