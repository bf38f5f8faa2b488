import { randomBytes, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { assertEveryRouteDeclaresAccess } from '#access';
import { requestLog, type ConsoleSettings, type Logger } from '#platform';
import { csrfSync } from 'csrf-sync';
import express, { type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import nunjucks from 'nunjucks';
import { pageOfForm } from './shell/page-of-form.ts';
import type { StaffRequest } from './shell/staff-request.ts';
import { saveSessionFirst } from './shell/session/save-session-first.ts';
import { Sessions } from './shell/session/sessions.ts';

const HERE = join(import.meta.dirname, '..');
const { resolve: installed } = createRequire(import.meta.url);
const GOVUK = dirname(installed('govuk-frontend/package.json'));
const MOJ = dirname(installed('@ministryofjustice/frontend/package.json'));

/** Everything about the console but its modules: the same in production and in tests. */
export function configureConsole(app: NestExpressApplication, settings: ConsoleSettings, log: Logger): void {
  assertEveryRouteDeclaresAccess(app);
  const server = app.getHttpAdapter().getInstance();
  server.disable('x-powered-by');
  server.set('etag', false);
  // One proxy in front of us at the most: it says whether the browser used TLS.
  server.set('trust proxy', settings.CONSOLE_URL.startsWith('https://') ? 1 : false);
  nunjucks
    .configure([import.meta.dirname, join(GOVUK, 'dist'), MOJ], { express: server, autoescape: true })
    .addGlobal('councilName', settings.COUNCIL_NAME)
    .addGlobal('hub', {
      hasLogo: settings.COUNCIL_LOGO !== undefined,
      phone: settings.HUB_PHONE,
      hours: settings.HUB_HOURS,
      edtPhone: settings.EDT_PHONE,
    });

  app.use(requestLog(log));
  app.use(helmet.noSniff());
  app.use('/assets', express.static(join(HERE, 'assets')), express.static(join(GOVUK, 'dist/govuk'), { index: false }));
  const { COUNCIL_LOGO: logo } = settings;
  if (logo !== undefined) app.use('/council-logo', express.static(resolve(logo)));
  app.use(securityHeaders(settings));
  app.use(express.urlencoded({ extended: false, limit: '1mb' }));
  const { handler } = app.get(Sessions);
  // Health says nothing of anybody and is asked often: it needs no session.
  app.use((request: Request, response: Response, next: NextFunction) =>
    request.path.startsWith('/health/') ? next() : handler(request, response, next),
  );
  app.use(saveSessionFirst);
  app.use(refuseOtherSites);
  const { csrfSynchronisedProtection, generateToken } = csrfSync({
    getTokenFromRequest: ({ body }: Request) => (body as Record<string, string> | undefined)?.['_csrf'],
  });
  // Its session may have ended just before: it has no token to be told by, and does nothing but sign out.
  app.use((request: Request, response: Response, next: NextFunction) =>
    request.path === '/timed-out' ? next() : csrfSynchronisedProtection(request, response, next),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    addLocals(request, response, generateToken);
    next();
  });
  app.enableShutdownHooks();
}

function securityHeaders(settings: ConsoleSettings) {
  const issuer = new URL(settings.OIDC_ISSUER).origin;
  const secure = settings.CONSOLE_URL.startsWith('https://');
  return [
    (_: Request, response: Response, next: NextFunction) => {
      response.locals['cspNonce'] = randomBytes(16).toString('base64');
      response.setHeader('Cache-Control', 'no-store');
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", (_, response) => `'nonce-${(response as Response).locals['cspNonce'] as string}'`],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'", issuer],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      strictTransportSecurity: secure && { maxAge: 31_536_000 },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  ];
}

/** Beside the form's token: a browser says by itself where a request came from. */
function refuseOtherSites(request: Request, response: Response, next: NextFunction): void {
  const site = request.get('Sec-Fetch-Site');
  const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (changes && site !== undefined && site !== 'same-origin' && site !== 'none') {
    return response.status(403).render('shell/problem.njk', { title: 'Refused', text: 'This came from another site.' });
  }
  next();
}

/** Where a person can come back to: a page that a form was answered with is where its form is, if it is anywhere. */
function addressOf({ method, originalUrl, path }: Request): string {
  return method === 'GET' ? originalUrl : (pageOfForm(path) ?? '/queue');
}

/** What every page may show. Who is signed in is known only after the guard, so it is read when the page is made. */
function addLocals(request: Request, response: Response, generateToken: (request: Request) => string): void {
  const render = response.render.bind(response);
  response.render = (view: string, locals: object = {}) => {
    const { notice, warning } = request.session ?? {};
    if (notice !== undefined) delete request.session.notice;
    if (warning !== undefined) delete request.session.warning;
    const { actor: user, preferences } = request as Partial<StaffRequest>;
    render(view, {
      ...locals,
      notice,
      warning,
      user,
      preferred: preferences,
      /** Tells the windows of a person from each other. */
      pageId: randomUUID(),
      path: request.path,
      address: addressOf(request),
      csrfToken: user === undefined ? null : generateToken(request),
    });
  };
}
