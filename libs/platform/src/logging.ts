import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { currentRequestId } from './request-context.ts';

export type { Logger } from 'pino';

/** Nest's token of the log of an app. */
export const LOG = Symbol('the log of the app');

/**
 * The log of an app: one JSON line an event, on standard output. It takes named fields only, and no caller gives it
 * what people wrote: ids, codes, counts and durations.
 */
export function createLogger(app: string, level: string): Logger {
  return pino({
    level,
    base: { app },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const requestId = currentRequestId();
      return requestId === null ? {} : { requestId };
    },
    serializers: { error: describeError },
  });
}

/**
 * An error without the data in it: PostgreSQL and TypeORM put the values of a failed statement in `detail`,
 * `parameters` and sometimes the message, so only class, code and stack frames are kept for theirs.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = (('driverError' in error && error.driverError) || error) as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const fromDatabase = 'driverError' in error || 'severity' in error;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    ...(fromDatabase ? {} : { message: error.message }),
    stack: frames.slice(0, 8).map((frame) => frame.trim()),
  };
}

/** Nest's own messages, through our log. What keeps an app from starting is said by `startApp`. */
export function nestLogger(log: Logger): LoggerService {
  const said = (message: unknown) => (typeof message === 'string' ? message : String(message));
  return {
    log: (message) => log.debug(said(message)),
    warn: (message) => log.warn(said(message)),
    error: (message) => log.debug(message instanceof Error ? { error: message } : {}, 'Nest reports an error'),
    debug: () => undefined,
    verbose: () => undefined,
  };
}
