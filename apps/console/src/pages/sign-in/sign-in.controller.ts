import { OpenToAll, SignInLimit } from '#access';
import { auditEntry, RefusalRecord } from '#audit';
import { LOG, type Logger } from '#platform';
import { Database, SERVICE } from '#store';
import { AdmitPerson, type NotAdmitted } from '#work';
import { randomBytes } from 'node:crypto';
import { Controller, Get, Header, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { OnNoPage } from '../../shell/forms/post-routes.ts';
import { homeOf } from '../../shell/navigation/menu.ts';
import { BeforeSignIn } from '../../shell/session/before-sign-in.ts';
import { IdentityProvider, type VouchedFor } from '../../shell/session/identity-provider.ts';
import { newSession } from '../../shell/session/new-session.ts';
import { ProviderGrants } from '../../shell/session/provider-grants.ts';

@OpenToAll('no person is signed in yet, or not any more')
@Controller()
export class SignInController {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly before: BeforeSignIn,
    private readonly admitPerson: AdmitPerson,
    private readonly grants: ProviderGrants,
    private readonly database: Database,
    private readonly record: RefusalRecord,
    private readonly limit: SignInLimit,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @Get('sign-in')
  async begin(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Answer> {
    return this.beginNow(request, response, false);
  }

  /** A person who is signed in shows once more that it is they, and comes back to a page that asks for this. */
  @Get('sign-in/again')
  async beginAgain(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Answer> {
    return this.beginNow(request, response, true);
  }

  private async beginNow(request: Request, response: Response, isAgain: boolean): Promise<Answer> {
    if (this.isOver(request, response)) return TOO_MANY;
    try {
      const { url, attempt } = await this.provider.begin(isAgain);
      const { page } = request.query;
      this.before.begins(attempt, request, response, isAgain && typeof page === 'string' ? page : undefined);
      return redirect(url);
    } catch (error) {
      this.log.error({ error }, 'the identity provider is away');
      return failed(503, { reason: 'away' });
    }
  }

  @Get('sign-in/callback')
  async finish(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Answer> {
    if (this.isOver(request, response)) return TOO_MANY;
    const attempt = this.before.ends(request.query['state'], request, response);
    let vouched: VouchedFor;
    try {
      if (attempt === undefined) throw new Error('there was no attempt to sign in');
      vouched = await this.provider.finish(queryOf(request), attempt);
    } catch (error) {
      this.log.warn({ error }, 'a sign-in failed');
      const reason = attempt === undefined ? 'not-begun' : 'refused';
      await this.noteFailure(request, reason);
      return failed(400, { reason });
    }
    const { refreshToken } = vouched;
    const person = await this.admitPerson.execute(vouched.person);
    if (typeof person === 'string') {
      await this.noteFailure(request, person);
      return failed(403, { reason: person, subject: vouched.person.subject });
    }
    const { staffId, csrfToken } = request.session;
    await newSession(request);
    // Forms that are open in another tab of the same person can still be sent; and pages that are loaded at once share one.
    request.session.csrfToken = (staffId === person.id && csrfToken) || randomBytes(64).toString('hex');
    request.session.staffId = person.id;
    request.session.signedInAt = Date.now();
    request.session.activeAt = Date.now();
    if (refreshToken !== null) {
      request.session.isVouchedFor = true;
      await this.grants.keep(request.sessionID, person.id, refreshToken);
    }
    await this.database.as(person).transaction((tx) => tx.insert(auditEntry(tx, 'staff.signed-in')));
    return redirect(attempt.returnTo ?? homeOf(person));
  }

  @Post('sign-out')
  @OnNoPage('the person leaves')
  @Header('Clear-Site-Data', '"cache"')
  async signOut(@Req() request: Request): Promise<Answer> {
    const { staffId } = request.session;
    if (staffId !== undefined) {
      await this.database
        .as({ kind: 'staff', id: staffId })
        .transaction((tx) => tx.insert(auditEntry(tx, 'staff.signed-out')));
    }
    await new Promise<void>((resolve) => request.session.destroy(() => resolve()));
    return redirect(await this.provider.signOutUrl().catch(() => '/signed-out'));
  }

  /** The name that the provider has for a person is no id of ours: the record does without it. */
  private async noteFailure({ ip }: Request, why: 'not-begun' | 'refused' | NotAdmitted): Promise<void> {
    await this.limit.countFailure(ip);
    await this.record.note({ act: 'sign-in.failed', actor: SERVICE, details: { why } });
  }

  private isOver({ ip }: Request, response: Response): boolean {
    const over = this.limit.over(ip);
    if (over !== null) response.set('Retry-After', String(over.seconds));
    return over !== null;
  }

  @Get('signed-out')
  signedOut(): Answer {
    return view('pages/sign-in/signed-out.njk');
  }
}

const TOO_MANY = view(
  'shell/problem.njk',
  { title: 'Too many sign-ins have failed', text: 'Wait a minute, then open the page you want again.' },
  429,
);

function failed(status: number, why: { readonly reason: string; readonly subject?: string }): Answer {
  return view('pages/sign-in/sign-in-failed.njk', why, status);
}

function queryOf(request: Request): string {
  const at = request.originalUrl.indexOf('?');
  return at === -1 ? '' : request.originalUrl.slice(at);
}
