import type { NestExpressApplication } from '@nestjs/platform-express';
import { AgencyLimits, assertEveryRouteDeclaresAccess } from '#access';
import { limitRequests, partFromUnread, requestLog, type ApiSettings, type Logger } from '#platform';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { inTurn } from './in-turn.ts';
import { publishOpenApi } from './contract/open-api.ts';
import { knownMethods } from './problems/known-methods.ts';
import { answerOutsideTheApp, everyRequestHasAHost } from './problems/outside-the-app.ts';
import { PAGES_CSP } from './problems/render-page.ts';

/** Everything about the API but its modules: the same in production and in tests. */
export function configureApi(app: NestExpressApplication, settings: ApiSettings, log: Logger): void {
  const { API_URL, DATABASE_POOL, TRUSTED_PROXIES = 0 } = settings;
  assertEveryRouteDeclaresAccess(app);
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', TRUSTED_PROXIES);
  // On what is no page either: health, the contract, an address that nothing knows.
  app.use(helmet.noSniff());
  app.use(requestLog(log));
  // Swagger's page needs its own inline styles; of the rest only the pages about problems are HTML.
  app.use('/docs', helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } }));
  app.use(
    ['/api', '/oauth2'],
    helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] }, useDefaults: false } }),
  );
  app.use('/problems', helmet({ contentSecurityPolicy: { directives: PAGES_CSP, useDefaults: false } }));
  app.use(['/api', '/oauth2', '/problems'], (_: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  app.use(everyRequestHasAHost, knownMethods(app.getHttpAdapter().getInstance()));
  app.use(partFromUnread);
  app.use(['/api', '/oauth2'], inTurn(DATABASE_POOL, app.get(AgencyLimits)));
  publishOpenApi(app, settings);
  limitRequests(app.getHttpServer());
  answerOutsideTheApp(app.getHttpServer(), API_URL);
}
