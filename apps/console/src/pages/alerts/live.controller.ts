import { Controller, Get, Req, Res } from '@nestjs/common';
import { Needs } from '#access';
import { serviceAlertWords, type LiveAlert } from '#alerts';
import type { Response } from 'express';
import { HubTime } from '../../layout/hub-time.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';
import { clockInWords } from '../../layout/words.ts';
import { AlertStream } from './alert-stream.ts';

/** Keeps what is between us and the browser from thinking that nobody is there. */
const A_SIGN_OF_LIFE_MS = 20_000;
/** Then the page asks again, and the guard looks again who it is. */
const LASTS_MS = 15 * 60_000;

@Controller('alerts/live')
export class LiveController {
  constructor(
    private readonly stream: AlertStream,
    private readonly time: HubTime,
  ) {}

  /** Server-sent events: one for each alert that tells the person who is signed in. */
  @Get()
  @Needs('alert:read')
  open(@Req() request: StaffRequest, @Res() response: Response): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    response.write('retry: 3000\n\n');
    const close = this.stream.open(request.actor.id, (alert) => {
      response.write(`id: ${alert.id}\nevent: alert\ndata: ${JSON.stringify(this.present(alert))}\n\n`);
    });
    const alive = setInterval(() => response.write(': \n\n'), A_SIGN_OF_LIFE_MS);
    const end = setTimeout(() => response.end(), LASTS_MS);
    response.once('close', () => {
      close();
      clearInterval(alive);
      clearTimeout(end);
    });
  }

  private present({ kind, subject, reference, rating, dueAt, firedAt }: LiveAlert) {
    if (reference === null) {
      const { text, path } = serviceAlertWords(kind, subject ?? '');
      return { rating, href: path, text };
    }
    const { sentence } = clockInWords(dueAt, firedAt, this.time.zone);
    return { rating, href: `/referrals/${reference}`, text: `${reference}, rated ${rating}: decision ${sentence}` };
  }
}
