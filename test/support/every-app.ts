import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import {
  ApiSettings,
  ConsoleSettings,
  createLogger,
  readSettings,
  WatchdogSettings,
  WorkerSettings,
  type Logger,
} from '#platform';
import { createApi } from '../../apps/api/src/create-api.ts';
import { createConsole } from '../../apps/console/src/create-console.ts';
import { createWatchdog } from '../../apps/watchdog/src/create-watchdog.ts';
import { createWorker } from '../../apps/worker/src/create-worker.ts';

export const APPS = ['api', 'console', 'worker', 'watchdog'] as const;
export type AppName = (typeof APPS)[number];

/** One of the four apps in this process, on a port of its own. */
export interface RunningApp {
  readonly url: string;
  readonly server: Server;
  stop(): Promise<void>;
}

/**
 * Starts an app with the settings that it has by itself.
 *
 * @param before what a test changes of its server before it listens
 */
export async function startApp(
  name: AppName,
  databaseUrl: string,
  before: (server: Server) => void = () => undefined,
): Promise<RunningApp> {
  const app = await CREATE[name](
    {
      DATABASE_URL: databaseUrl,
      SMTP_URL: 'smtp://127.0.0.1:9',
      CONSOLE_URL: 'http://127.0.0.1:9',
      OIDC_ISSUER: 'http://127.0.0.1:9',
      OIDC_CLIENT_ID: 'console',
      OIDC_CLIENT_SECRET: 'secret',
      SESSION_SECRET: 'a secret of the tests, of thirty-two characters',
    },
    createLogger(name, 'silent'),
  );
  const server = app.getHttpServer();
  before(server);
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), server, stop: () => app.close() };
}

type Create = (environment: NodeJS.ProcessEnv, log: Logger) => Promise<NestExpressApplication>;

const CREATE: Readonly<Record<AppName, Create>> = {
  api: (environment, log) => createApi(readSettings(ApiSettings, environment), log),
  console: (environment, log) => createConsole(readSettings(ConsoleSettings, environment), log),
  worker: (environment, log) => createWorker(readSettings(WorkerSettings, environment), log),
  watchdog: (environment, log) => createWatchdog(readSettings(WatchdogSettings, environment), log),
};
