import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { NotFoundException } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { assertEveryRouteDeclaresAccess } from '#access';
import { limitRequestsBut, partFromUnread, requestLog, type ConsoleSettings, type Logger } from '#platform';
import compression from 'compression';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { view } from './shell/answer/answer.ts';
import { Renderer } from './shell/answer/renderer.ts';
import { GOVUK_FRONTEND } from './shell/answer/templates.ts';
import { PostRoutes } from './shell/forms/post-routes.ts';
import { receiveFileForm } from './shell/forms/receive-file-form.ts';
import { receiveForm } from './shell/forms/receive-form.ts';
import { requireCsrfToken } from './shell/session/csrf.ts';
import { rememberSession } from './shell/session/save-session.ts';
import { Sessions } from './shell/session/sessions.ts';

/** Where browsers tell what they refused on a page. */
const CONTENT_REPORTS = '/content-reports';
const REPORT_TYPES = ['application/reports+json', 'application/csp-report'];

/** No page asks for the camera, the place or anything else of the machine. */
const NOTHING_PERMITTED = [
  ...['accelerometer', 'autoplay', 'camera', 'display-capture', 'encrypted-media', 'fullscreen', 'geolocation'],
  ...['gyroscope', 'hid', 'magnetometer', 'microphone', 'midi', 'payment', 'picture-in-picture'],
  ...['publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb', 'web-share', 'xr-spatial-tracking'],
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** 20 MB by the slowest line that a school has, half a megabit a second, and as much again. */
const LONGEST_SENDING_MS = 10 * 60_000;

const A_YEAR_S = 365 * 24 * 3_600;

const ASSETS = join(import.meta.dirname, '../assets');

/** Everything about the console but its modules: the same in production and in tests. */
export function configureConsole(app: NestExpressApplication, settings: ConsoleSettings, log: Logger): void {
  assertEveryRouteDeclaresAccess(app);
  const server = app.getHttpAdapter().getInstance();
  server.disable('x-powered-by');
  server.set('etag', false);
  // One proxy in front of us at the most: it says whether the browser used TLS.
  server.set('trust proxy', settings.CONSOLE_URL.startsWith('https://') ? 1 : false);

  // Before all that may answer: what is on every answer, files and faults too.
  app.use(helmet.noSniff());
  if (settings.CONSOLE_URL.startsWith('https://')) app.use(helmet.hsts({ maxAge: A_YEAR_S, includeSubDomains: true }));
  app.use(requestLog(log));
  app.use(partFromUnread);
  app.use(compression({ filter: isCompressed }));
  app.use('/assets', express.static(ASSETS), express.static(join(GOVUK_FRONTEND, 'govuk'), { index: false }));
  const { COUNCIL_LOGO: logo } = settings;
  if (logo !== undefined) app.use('/council-logo', express.static(resolve(logo)));
  app.use(securityHeaders(settings));
  const { handler } = app.get(Sessions);
  const refuseOthers = refuseOtherSites(app.get(Renderer));
  app.use(CONTENT_REPORTS, refuseOthers, express.json({ type: REPORT_TYPES, limit: '16kb' }));
  const receiveFile = receiveFileForm(app.get(PostRoutes));
  // A form that another site sends brings its file nowhere.
  const forPeople = [handler, rememberSession, receiveForm, refuseOthers, receiveFile, requireCsrfToken];
  for (const middleware of forPeople) app.use(exceptMachines(middleware));
  limitRequestsBut(app.getHttpServer(), LONGEST_SENDING_MS);
}

/**
 * Pages are six to ten times as large as their content. A stream of events is sent event by event, which compressing
 * would hold back. (`compression`: Express's own, MIT.) That a page's length tells something of it to another site is
 * ruled out by the session's cookie, which another site's requests do not carry.
 */
function isCompressed(request: Request, response: Response): boolean {
  const isStream = String(response.getHeader('Content-Type')).startsWith('text/event-stream');
  return !isStream && compression.filter(request, response);
}

/** Health, and the reports of browsers, say nothing of any person: they need no session, and no form sent to them is read. */
function exceptMachines(middleware: RequestHandler): RequestHandler {
  return (request, response, next) => {
    // Such as `*`, which asks for the server itself: no session is for it.
    if (!request.path.startsWith('/')) throw new NotFoundException();
    const isOfMachines = request.path.startsWith('/health/') || request.path === CONTENT_REPORTS;
    return isOfMachines ? next() : middleware(request, response, next);
  };
}

function securityHeaders(settings: ConsoleSettings) {
  const issuer = new URL(settings.OIDC_ISSUER).origin;
  return [
    (_: Request, response: Response, next: NextFunction) => {
      response.locals['cspNonce'] = randomBytes(16).toString('base64');
      response.setHeader('Cache-Control', 'no-store');
      response.setHeader('Permissions-Policy', NOTHING_PERMITTED);
      response.setHeader('Reporting-Endpoints', `content="${CONTENT_REPORTS}"`);
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
          objectSrc: ["'none'"],
          formAction: ["'self'", issuer],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          // The older way beside the newer one: no browser has both.
          reportUri: [CONTENT_REPORTS],
          reportTo: ['content'],
        },
      },
      // Set on every answer already, with https.
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'no-referrer' },
    }),
  ];
}

/** Beside the form's token: a browser says by itself where a request came from. */
function refuseOtherSites(renderer: Renderer) {
  const refused = view('shell/problem.njk', { title: 'Refused', text: 'This came from another site.' }, 403);
  return (request: Request, response: Response, next: NextFunction): void => {
    const site = request.get('Sec-Fetch-Site');
    const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    if (changes && site !== undefined && site !== 'same-origin' && site !== 'none') {
      return void renderer.send(refused, request, response);
    }
    next();
  };
}
