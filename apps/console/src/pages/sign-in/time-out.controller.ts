import { Controller, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { Needs, OpenToAll } from '#access';
import { auditEntry } from '#audit';
import { Database } from '#store';
import type { Request, Response } from 'express';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { Hidden } from '../../shell/forms/fields.ts';
import { OnNoPage } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { BeforeSignIn } from '../../shell/session/before-sign-in.ts';

class TimedOutForm {
  /** The page that was open. */
  @Hidden() readonly here: string = '';
}

/** The end of a session in which nothing is done, and the choice to stay. */
@Controller()
@OnNoPage('a page posts here by itself')
export class TimeOutController {
  constructor(
    private readonly database: Database,
    private readonly before: BeforeSignIn,
  ) {}

  /** A person who was about to be signed out is still there. */
  @Post('stay')
  @HttpCode(204)
  @Needs('console:use')
  stay(): void {
    // That it was asked is all: the session begins its half hour anew.
  }

  /** No person has done anything for half an hour. What was open is where they come back to when they sign in themselves. */
  @Post('timed-out')
  @OpenToAll('the session may have ended already')
  @Header('Clear-Site-Data', '"cache"')
  async timedOut(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @PostedForm(TimedOutForm) { form }: Posted<TimedOutForm>,
  ): Promise<Answer> {
    const { staffId } = request.session;
    if (staffId !== undefined) {
      await this.database
        .as({ kind: 'staff', id: staffId })
        .transaction((tx) => tx.insert(auditEntry(tx, 'staff.signed-out', null, { how: 'idle' })));
      await new Promise<void>((resolve) => request.session.destroy(() => resolve()));
    }
    if (/^\/(?!\/)[\w/?=&%.+-]*$/.test(form.here)) this.before.wants(form.here, response);
    return view('pages/sign-in/signed-out.njk', { timedOut: true });
  }
}
