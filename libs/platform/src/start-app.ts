import type { INestApplication } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import { createLogger, type Logger } from './logging.ts';
import { readSettings } from './settings/read-settings.ts';
import type { Settings } from './settings/settings.ts';
import { traceWith } from './tracing/span.ts';

/**
 * Starts an app from its settings. What keeps it from starting is one line that says what to do, and an exit code.
 * A parent that started it over an IPC channel is told its port, and takes it along when it goes.
 */
export async function startApp<S extends Settings>(
  name: string,
  shape: ClassConstructor<S>,
  create: (settings: Readonly<S>, log: Logger) => Promise<INestApplication>,
): Promise<void> {
  try {
    const settings = readSettings(shape);
    const log = createLogger(name, settings.LOG_LEVEL);
    process.on('unhandledRejection', (error) => log.error({ error }, 'a promise was rejected, and no code handled it'));
    const { OTEL_EXPORTER_OTLP_ENDPOINT: collector } = settings;
    if (collector !== undefined) {
      const { openTelemetry } = await import('./tracing/open-telemetry.ts');
      traceWith(openTelemetry(name, collector));
    }
    const app = await create(settings, log);
    // Here and not where apps are made: a process that has several of them is told to stop once.
    app.enableShutdownHooks();
    process.on('disconnect', () => void app.close().finally(() => process.exit(0)));
    log.info({ address: await app.getUrl() }, 'started');
    process.send?.({ port: Number(new URL(await app.getUrl()).port) });
  } catch (error) {
    process.stderr.write(`${name}: ${whyNot(error)}\n`);
    process.exit(1);
  }
}

function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return 'did not start';
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code === 'EADDRINUSE') return `port ${port ?? '?'} is in use: stop what uses it, or choose another port`;
  if (code === 'EACCES') return `port ${port ?? '?'} may not be used by this user: choose one above 1023`;
  if (code === 'ECONNREFUSED') {
    return `nothing answers at ${address ?? '?'}:${port ?? '?'}: start PostgreSQL there or correct DATABASE_URL`;
  }
  if (code === '28P01' || code === '3D000')
    return `PostgreSQL refuses DATABASE_URL (${code}): check user, password and database`;
  if (code === '42P01' || code === '3F000') {
    return 'the database has not been migrated: run npm run mash -- migrate (in the image: node dist/scripts/mash.js migrate)';
  }
  return error.message;
}
