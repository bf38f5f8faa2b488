import 'reflect-metadata';
import { ApiSettings, startApp } from '#platform';
import { createApi } from './create-api.ts';

await startApp('api', ApiSettings, async (settings, log) => {
  const app = await createApi(settings, log);
  await app.listen(settings.API_PORT, settings.LISTEN_ADDRESS);
  return app;
});
