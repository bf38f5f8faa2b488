import 'reflect-metadata';
import { SandboxSettings, startApp } from '#platform';
import { createSandbox } from './create-sandbox.ts';

await startApp('sandbox', SandboxSettings, async (settings, log) => {
  const app = await createSandbox(settings, log);
  await app.listen(settings.SANDBOX_PORT, settings.LISTEN_ADDRESS);
  return app;
});
