import 'reflect-metadata';
import { ConsoleSettings, startApp } from '#platform';
import { createConsole } from './create-console.ts';

await startApp('console', ConsoleSettings, async (settings, log) => {
  const app = await createConsole(settings, log);
  await app.listen(settings.CONSOLE_PORT, settings.LISTEN_ADDRESS);
  return app;
});
