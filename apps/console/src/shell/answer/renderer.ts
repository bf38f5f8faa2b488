import { LOG, ConsoleSettings, type Logger } from '#platform';
import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PostRoutes } from '../forms/post-routes.ts';
import { csrfTokenOf } from '../session/csrf.ts';
import { saveSession } from '../session/save-session.ts';
import type { StaffRequest } from '../context/staff-request.ts';
import { Redirect, type View } from './answer.ts';
import { isolateDirection } from './isolate-direction.ts';
import { createTemplates } from './templates.ts';

/** Makes what the browser is sent of an answer. */
@Injectable()
export class Renderer {
  private readonly templates: ReturnType<typeof createTemplates>;

  constructor(
    settings: ConsoleSettings,
    private readonly posts: PostRoutes,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.templates = createTemplates(settings);
  }

  /**
   * Sets the status and the headers, and saves the session.
   *
   * @returns the body
   */
  async prepare(answer: View | Redirect, request: Request, response: Response): Promise<string> {
    if (answer instanceof Redirect) {
      const { notice, warning } = answer.said;
      if (notice !== undefined) request.session.notice = notice;
      if (warning !== undefined) request.session.warning = warning;
      response.status(303).location(answer.to);
      await saveSession(request);
      return '';
    }
    response.status(answer.status);
    const locals = { ...response.locals, ...answer.locals, ...this.localsOf(request) };
    const page = isolateDirection(this.templates.render(answer.template, locals));
    await saveSession(request);
    return page;
  }

  /** For what answers outside a controller: the filter of exceptions and middleware. */
  async send(answer: View | Redirect, request: Request, response: Response): Promise<void> {
    try {
      response.send(await this.prepare(answer, request, response));
    } catch (error) {
      this.log.error({ error }, 'an answer could not be made');
      response.destroy();
    }
  }

  /** What every page may show. The guard says who is signed in, so this is read when the page is made. */
  private localsOf(request: Request): object {
    const { notice, warning } = request.session ?? {};
    if (notice !== undefined) delete request.session.notice;
    if (warning !== undefined) delete request.session.warning;
    const { actor: user, preferences } = request as Partial<StaffRequest>;
    return {
      notice,
      warning,
      user,
      preferred: preferences,
      /** Tells the windows of a person from each other. */
      pageId: randomUUID(),
      path: request.path,
      address: this.addressOf(request),
      csrfToken: user === undefined ? null : csrfTokenOf(request),
    };
  }

  /** Where a person can come back to: a page that answers a form is at the address of that form's page. */
  private addressOf({ method, originalUrl, path }: Request): string {
    return method === 'GET' ? originalUrl : (this.posts.pageOf(path) ?? '/queue');
  }
}
