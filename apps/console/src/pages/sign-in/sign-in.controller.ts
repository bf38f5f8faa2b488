import { randomBytes } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { OpenToAll, Staff } from '#access';
import type { Logger } from '#platform';
import { auditEntry, Database } from '#store';
import type { Request, Response } from 'express';
import { typedIn } from '../../shell/forms/read-form.ts';
import { LOG } from '../../shell/log.ts';
import { IdentityProvider } from './identity-provider.ts';

/** Somebody may open the pages of their morning in several tabs before they sign in. */
const PAGES_AT_ONCE = 10;

@OpenToAll('nobody is signed in yet, or not any more')
@Controller()
export class SignInController {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly staff: Staff,
    private readonly database: Database,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @Get('sign-in')
  async begin(@Req() request: Request, @Res() response: Response): Promise<void> {
    try {
      const { url, attempt } = await this.provider.begin();
      const { signIns = [], returnTo } = request.session;
      request.session.signIns = [...signIns, { ...attempt, returnTo }].slice(-PAGES_AT_ONCE);
      response.redirect(303, url);
    } catch (error) {
      this.log.error({ error }, 'the identity provider is away');
      response.status(503).render('pages/sign-in/sign-in-failed.njk', { reason: 'away' });
    }
  }

  @Get('sign-in/callback')
  async finish(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { signIns = [] } = request.session;
    const attempt = signIns.find(({ state }) => state === request.query['state']);
    const others = signIns.filter((one) => one !== attempt);
    request.session.signIns = others;
    let subject: string;
    try {
      if (attempt === undefined) throw new Error('there was no attempt to sign in');
      subject = await this.provider.finish(queryOf(request), attempt);
    } catch (error) {
      this.log.warn({ error }, 'a sign-in failed');
      return response.status(400).render('pages/sign-in/sign-in-failed.njk', { reason: 'refused' });
    }
    const person = await this.staff.bySubject(subject);
    if (person === null) {
      return response.status(403).render('pages/sign-in/sign-in-failed.njk', { reason: 'unknown', subject });
    }
    const { staffId, csrfToken } = request.session;
    await newSession(request);
    request.session.signIns = others;
    // Forms that are open in another tab of the same person can still be sent; and pages that are loaded at once share one.
    request.session.csrfToken = (staffId === person.id && csrfToken) || randomBytes(64).toString('hex');
    request.session.staffId = person.id;
    request.session.signedInAt = Date.now();
    request.session.activeAt = Date.now();
    await this.database.transaction((tx) => tx.insert(auditEntry(tx, person, 'staff.signed-in')));
    response.redirect(303, attempt.returnTo ?? '/');
  }

  @Post('sign-out')
  async signOut(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { staffId } = request.session;
    if (staffId !== undefined) {
      await this.database.transaction((tx) =>
        tx.insert(auditEntry(tx, { kind: 'staff', id: staffId }, 'staff.signed-out')),
      );
    }
    await new Promise<void>((resolve) => request.session.destroy(() => resolve()));
    const next = await this.provider.signOutUrl().catch(() => '/signed-out');
    response.set('Clear-Site-Data', '"cache"').redirect(303, next);
  }

  /** Nobody has done anything for half an hour. What was open is where they come back to when they sign in themselves. */
  @Post('timed-out')
  @HttpCode(200)
  async timedOut(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { here } = typedIn(request.body);
    const { staffId } = request.session;
    if (staffId !== undefined) {
      const out = { how: 'after half an hour in which nothing was done' };
      await this.database.transaction((tx) =>
        tx.insert(auditEntry(tx, { kind: 'staff', id: staffId }, 'staff.signed-out', null, out)),
      );
    }
    await newSession(request);
    if (here !== undefined && /^\/(?!\/)[\w/?=&%.+-]*$/.test(here)) request.session.returnTo = here;
    response.render('pages/sign-in/signed-out.njk', { timedOut: true });
  }

  @Get('signed-out')
  signedOut(@Res() response: Response): void {
    response.render('pages/sign-in/signed-out.njk');
  }
}

function queryOf(request: Request): string {
  const at = request.originalUrl.indexOf('?');
  return at === -1 ? '' : request.originalUrl.slice(at);
}

/** A session of a new id, so that one fixed before sign-in is worth nothing. */
async function newSession(request: Request): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    request.session.regenerate((error: Error | null) => (error ? reject(error) : resolve())),
  );
}
