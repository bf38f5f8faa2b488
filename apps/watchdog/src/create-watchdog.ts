import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { assertEveryRouteDeclaresAccess } from '#access';
import { limitRequests, nestLogger, partFromUnread, type Logger, type WatchdogSettings } from '#platform';
import helmet from 'helmet';
import { WatchdogAppModule } from './watchdog-app.module.ts';

/** The watchdog, on watch as soon as it is initialised. */
export async function createWatchdog(settings: WatchdogSettings, log: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(WatchdogAppModule.with(settings, log), {
    bodyParser: false,
    logger: nestLogger(log),
    abortOnError: false,
  });
  assertEveryRouteDeclaresAccess(app);
  app.use(helmet.noSniff(), partFromUnread);
  limitRequests(app.getHttpServer());
  await app.init();
  return app;
}
