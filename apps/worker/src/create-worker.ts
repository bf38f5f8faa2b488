import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { assertEveryRouteDeclaresAccess } from '#access';
import type { QueueStoreSettings } from '#jobs';
import { limitRequests, nestLogger, partFromUnread, type Logger, type WorkerSettings } from '#platform';
import helmet from 'helmet';
import { WorkerModule } from './worker.module.ts';

/** The worker, at work as soon as it is initialised. */
export async function createWorker(
  settings: WorkerSettings,
  log: Logger,
  queueStore: QueueStoreSettings = { databaseUrl: settings.DATABASE_URL, redisUrl: settings.REDIS_URL },
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(WorkerModule.with(settings, log, queueStore), {
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
