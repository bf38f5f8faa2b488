import 'reflect-metadata';
import { startApp, WatchdogSettings } from '#platform';
import { createWatchdog } from './create-watchdog.ts';

await startApp('watchdog', WatchdogSettings, async (settings, log) => {
  const app = await createWatchdog(settings, log);
  await app.listen(settings.WATCHDOG_PORT, settings.LISTEN_ADDRESS);
  return app;
});
