import { ObjectsAway } from '#attachments';
import { LOG, currentRequestId, Refused, REFUSALS, type Logger } from '#platform';
import { isDatabaseAway, isDatabaseBusy } from '#store';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PostRoutes } from '../forms/post-routes.ts';
import { whatWasWritten } from '../forms/what-was-written.ts';
import type { SummaryListArgs } from '../govuk/args.ts';
import { summaryListOrNone } from '../govuk/summary-list.ts';
import { BeforeSignIn } from '../session/before-sign-in.ts';
import { NotSignedIn } from '../session/identify-staff.ts';
import { redirect, View, view, type Redirect } from './answer.ts';
import { Renderer } from './renderer.ts';

/** An answer that is a page. */
interface Explained {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

const EXPIRED: Explained = {
  status: 403,
  title: 'This form can no longer be sent',
  text: 'It was opened in an earlier session, and nothing of it was recorded. Open the page again and send it from there.',
};

const SIGNED_OUT: Explained = {
  status: 403,
  title: 'You are signed out',
  text: 'Nothing of the form was recorded. Sign in again: you come back to the form.',
};

const UNREADABLE: Omit<Explained, 'status'> = {
  title: 'This could not be read',
  text: 'What was sent is too long or not a form of ours. Go back: what you wrote is still there. Nothing was recorded.',
};

const UNAVAILABLE: Explained = {
  status: 503,
  title: 'The service is not available at this moment',
  text: 'Nothing is lost. Try again in a minute. If a child is in danger, dial 999.',
};

const FAILED: Explained = {
  status: 500,
  title: 'Something went wrong',
  text: 'Nothing was recorded. Try again; if it goes on, report it with the number below.',
};

/** A page that is there for other people of the hub. Its status stays that of a page that is not there. */
function notFor(whoMay: string, status: number): Explained {
  return {
    status,
    title: 'This page is for other roles',
    text: `It is for ${whoMay}. Nothing was done. Ask one of them, or the people who run the service if your role is wrong.`,
  };
}

/** Turns every error into a page written for people. What a bug says stays in the log. */
@Catch()
export class ConsoleFilter implements ExceptionFilter {
  constructor(
    private readonly renderer: Renderer,
    private readonly posts: PostRoutes,
    private readonly before: BeforeSignIn,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    // What has begun to be sent cannot be a page any more.
    if (response.headersSent) {
      this.log.error({ error }, 'an answer broke off');
      return void response.destroy();
    }
    // What an open page asks by itself is nowhere that a person wants to go.
    if (error instanceof NotSignedIn && request.path.startsWith('/live')) return void response.status(401).end();
    const answer = this.answerTo(error, request, response);
    if (answer instanceof View && answer.status === 503) response.set('Retry-After', '5');
    void this.renderer.send(answer, request, response);
  }

  private answerTo(error: unknown, request: Request, response: Response): View | Redirect {
    if (isOfNoSession(error, request)) return this.toSignIn(request, response);
    const { reference } = request.params;
    // The form that asks for the reason knows which page it was.
    if (error instanceof Refused && error.code === 'no-reason-for-audit' && typeof reference === 'string') {
      return redirect(`/referrals/${reference}/audit?page=${encodeURIComponent(request.path.split('/')[3] ?? '')}`);
    }
    return this.problem(error, request);
  }

  private problem(error: unknown, request: Request): View {
    const { status, title, text } = this.explain(error);
    const locals = {
      title,
      text,
      requestId: status >= 500 ? currentRequestId() : null,
      reference: status === 409 ? (request.params['reference'] ?? null) : null,
      // A request that failed recorded nothing.
      written: this.writtenIn(request),
    };
    return view('shell/problem.njk', locals, status);
  }

  private explain(error: unknown): Explained {
    if (error instanceof Refused) {
      this.log[error.refusal.log]({ code: error.code }, 'an act was refused');
      return error.whoMay === null ? error.refusal : notFor(error.whoMay, error.refusal.status);
    }
    if (isDatabaseAway(error) || isDatabaseBusy(error)) {
      this.log.error({ error }, 'the database is away');
      return UNAVAILABLE;
    }
    if (error instanceof ObjectsAway) {
      this.log.error({ error }, 'the store of files is away');
      return UNAVAILABLE;
    }
    const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
    if (status === 404) return REFUSALS['not-found'];
    if (status === 403) return EXPIRED;
    if (status >= 400 && status < 500) return { ...UNREADABLE, status };
    this.log.error({ error }, 'a page failed');
    return FAILED;
  }

  /** After signing in the person comes to the page they wanted, or to the page of the form they sent. */
  private toSignIn(request: Request, response: Response): View | Redirect {
    const wanted = request.method === 'GET' ? request.originalUrl : this.posts.pageOf(request.path);
    if (wanted !== null) this.before.wants(wanted, response);
    delete request.session.staffId;
    const written = this.writtenIn(request);
    if (written === null) return redirect('/sign-in');
    const { status, ...signedOut } = SIGNED_OUT;
    return view('shell/problem.njk', { ...signedOut, written, isSignedOut: true }, status);
  }

  /**
   * What the person wrote in the form that was sent; null when there is nothing. What a page sends by itself is on that
   * page still.
   */
  private writtenIn(request: Request): SummaryListArgs | null {
    const route = this.posts.at(request.path);
    const written = route?.page === null ? [] : whatWasWritten(route?.shape ?? NoFields, request.body);
    return summaryListOrNone(written);
  }
}

/** The form of a route that takes none. */
class NoFields {}

/** A person who signed out elsewhere, or never signed in, has no session, and so their form has no token of one. */
function isOfNoSession(error: unknown, request: Request): boolean {
  return error instanceof NotSignedIn || (statusOf(error) === 403 && request.session?.staffId === undefined);
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
}
