import {
  Catch,
  HttpException,
  Inject,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Response } from 'express';
import { LOG, Refused, type Logger } from '#platform';
import { NoSuchHub } from './faults.ts';

const PATHS =
  'GET /, POST /clock, and POST /referrals/REFERENCE/taken, /questions and /decision, each after /s/ID/sandbox';

/** Every fault as JSON that says what to do. */
@Catch()
export class SandboxFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return void response.destroy();
    if (error instanceof NoSuchHub)
      return void response.status(404).json({ error: 'There is no such sandbox. Open the hub’s link again.' });
    if (error instanceof Refused && error.code === 'not-found')
      return void response.status(404).json({ error: 'This sandbox has no referral of this reference.' });
    if (error instanceof NotFoundException && /^Cannot /.test(error.message))
      return void response.status(404).json({ error: `There is nothing here. A sandbox has ${PATHS}.` });
    if (error instanceof Refused) {
      const { status, title, text } = error.refusal;
      return void response.status(status).json({ error: `${title}. ${text}` });
    }
    if (error instanceof HttpException) {
      const said = error.getResponse() as string | { readonly message?: string | readonly string[] };
      const message = typeof said === 'string' ? said : said.message;
      return void response.status(error.getStatus()).json({ error: [message].flat().join('; ') });
    }
    this.log.error({ error }, 'a request to the sandbox failed');
    response.status(500).json({ error: 'Something went wrong. Try again; if it goes on, tell the hub.' });
  }
}
