import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { nestLogger, type ConsoleSettings, type Logger } from '#platform';
import { configureConsole } from './configure-console.ts';
import { ConsoleModule } from './console.module.ts';

/** The console, ready to listen. */
export async function createConsole(settings: ConsoleSettings, log: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ConsoleModule.with(settings, log), {
    bodyParser: false,
    logger: nestLogger(log),
    abortOnError: false,
  });
  configureConsole(app, settings, log);
  await app.init();
  return app;
}
