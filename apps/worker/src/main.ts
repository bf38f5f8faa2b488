import 'reflect-metadata';
import { startApp, WorkerSettings } from '#platform';
import { createWorker } from './create-worker.ts';

await startApp('worker', WorkerSettings, async (settings, log) => {
  const app = await createWorker(settings, log);
  await app.listen(settings.WORKER_PORT, settings.LISTEN_ADDRESS);
  return app;
});
