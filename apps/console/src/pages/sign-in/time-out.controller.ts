import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { Needs, OpenToAll } from '#access';
import { auditEntry } from '#audit';
import { SERVICE, Database } from '#store';
import type { Request } from 'express';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { typedIn } from '../../shell/forms/read-form.ts';
import { newSession } from './new-session.ts';

/** The end of a session in which nothing is done, and the choice to stay. */
@Controller()
export class TimeOutController {
  constructor(private readonly database: Database) {}

  /** Somebody who was about to be signed out is still there. */
  @Post('stay')
  @HttpCode(204)
  @Needs('queue:read')
  stay(): void {
    // That it was asked is all: the session begins its half hour anew.
  }

  /** Nobody has done anything for half an hour. What was open is where they come back to when they sign in themselves. */
  @Post('timed-out')
  @OpenToAll('the session may have ended already')
  async timedOut(@Req() request: Request): Promise<Answer> {
    const { here } = typedIn(request.body);
    const { staffId } = request.session;
    if (staffId !== undefined) {
      const out = { how: 'after half an hour in which nothing was done' };
      await this.database
        .as(SERVICE)
        .transaction((tx) => tx.insert(auditEntry(tx, { kind: 'staff', id: staffId }, 'staff.signed-out', null, out)));
    }
    await newSession(request);
    if (here !== undefined && /^\/(?!\/)[\w/?=&%.+-]*$/.test(here)) request.session.returnTo = here;
    return view('pages/sign-in/signed-out.njk', { timedOut: true });
  }
}
