import { may, roleInWords, type StaffActor } from '#access';
import { CountWaiting, type Waiting } from '#alerts';
import { LOG, ConsoleSettings, type Logger } from '#platform';
import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PostRoutes } from '../forms/post-routes.ts';
import { fileFormOf } from '../forms/sent-file.ts';
import { homeOf, menuOf } from '../navigation/menu.ts';
import { oversightLinks } from '../oversight/oversight-pages.ts';
import { csrfTokenOf } from '../session/csrf.ts';
import { saveSession } from '../session/save-session.ts';
import type { StaffRequest } from '../context/staff-request.ts';
import { Redirect, type View } from './answer.ts';
import { CouncilOnPages } from './council-on-pages.ts';
import { isolateDirection } from './isolate-direction.ts';
import { createTemplates } from './templates.ts';

/** Makes what the browser is sent of an answer. */
@Injectable()
export class Renderer {
  private readonly templates: ReturnType<typeof createTemplates>;
  private readonly ofSettings: { readonly hasLogo: boolean; readonly isForTraining: boolean };

  constructor(
    settings: ConsoleSettings,
    private readonly posts: PostRoutes,
    private readonly countWaiting: CountWaiting,
    private readonly council: CouncilOnPages,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.templates = createTemplates();
    this.ofSettings = {
      hasLogo: settings.COUNCIL_LOGO !== undefined,
      isForTraining: settings.TRAINING_HUB === 'yes',
    };
  }

  /**
   * Sets the status and the headers, and saves the session. A file that no handler took is read to its end before.
   *
   * @returns the body
   */
  async prepare(answer: View | Redirect, request: Request, response: Response): Promise<string> {
    await fileFormOf(request)?.discard();
    if (answer instanceof Redirect) {
      // A person who signs out has no session any more: nothing is said to them.
      Object.assign(request.session ?? {}, answer.said);
      response.status(303).location(answer.to);
      await saveSession(request);
      return '';
    }
    response.status(answer.status);
    const waiting = answer.status < 500 ? await this.waitingFor(request) : null;
    const { name: councilName, hubPhone: phone, hubHours: hours, edtPhone } = await this.council.now();
    const council = { councilName, hub: { ...this.ofSettings, phone, hours, edtPhone } };
    const locals = { ...response.locals, ...answer.locals, ...council, ...this.localsOf(request, waiting) };
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
  private localsOf(request: Request, waiting: Waiting | null): object {
    const { notice, warning, takeBack } = request.session ?? {};
    for (const said of ['notice', 'warning', 'takeBack'] as const) delete request.session?.[said];
    const { actor: user, preferences } = request as Partial<StaffRequest>;
    const address = this.addressOf(request);
    return {
      notice,
      warning,
      takeBack,
      user,
      their: user === undefined ? { home: '/' } : shownTo(user, address, waiting),
      preferred: preferences,
      /** Tells the windows of a person from each other. */
      pageId: randomUUID(),
      address,
      csrfToken: user === undefined ? null : csrfTokenOf(request),
    };
  }

  /** Where a person can come back to: a page that answers a form is at the address of that form's page. */
  private addressOf({ method, originalUrl, path }: Request): string {
    return method === 'GET' ? originalUrl : (this.posts.pageOf(path) ?? '/');
  }

  /** How much waits for the person; null when no person is signed in, or it cannot be counted now: a page does without. */
  private async waitingFor(request: Request): Promise<Waiting | null> {
    const { actor } = request as Partial<StaffRequest>;
    if (actor === undefined || !may(actor, 'alert:read')) return null;
    return this.countWaiting.execute(actor).catch((error: unknown) => {
      this.log.warn({ error }, 'what waits is not counted');
      return null;
    });
  }
}

/** What of every page depends on who is signed in. */
function shownTo(user: StaffActor, address: string, waiting: Waiting | null) {
  return {
    role: user.agency ?? roleInWords(user.role),
    home: homeOf(user),
    menu: menuOf(user, address, waiting),
    oversightLinks: oversightLinks(user, address.split('?', 1)[0]!),
    hearsAlerts: may(user, 'alert:read'),
    readsQueue: may(user, 'queue:read'),
    takes: may(user, 'referral:claim'),
    prefers: may(user, 'preferences:change'),
  };
}
