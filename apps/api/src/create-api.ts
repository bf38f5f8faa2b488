import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { QueueStoreSettings } from '#jobs';
import { nestLogger, type ApiSettings, type Logger } from '#platform';
import { ApiModule } from './api.module.ts';
import { configureApi } from './configure-api.ts';

/** The API, ready to listen. */
export async function createApi(
  settings: ApiSettings,
  log: Logger,
  queueStore: QueueStoreSettings = { databaseUrl: settings.DATABASE_URL, redisUrl: settings.REDIS_URL },
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(settings, log, queueStore), {
    bodyParser: false,
    logger: nestLogger(log),
    abortOnError: false,
  });
  configureApi(app, settings, log);
  await app.init();
  return app;
}
