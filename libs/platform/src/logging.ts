import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { currentRequestId, currentTraceId } from './request-context.ts';

export type { Logger } from 'pino';

/** Nest's token of the log of an app. */
export const LOG = Symbol('the log of the app');

/**
 * Makes the log of an app: one JSON line for each event, on standard output. Callers give it named fields with ids,
 * codes, counts and durations, and never a text that a person wrote.
 *
 * @param app the name of the app, which stands in every line
 * @param level the least severe level that is written, such as `info`
 */
export function createLogger(app: string, level: string): Logger {
  return pino({
    level,
    base: { app },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const [requestId, traceId] = [currentRequestId(), currentTraceId()];
      return { ...(requestId === null ? {} : { requestId }), ...(traceId === null ? {} : { traceId }) };
    },
    serializers: { error: describeError },
  });
}

/**
 * Describes an error for the log, without the data in it. PostgreSQL and TypeORM put the values of a failed statement
 * into `detail`, `parameters` and sometimes the message. So the log keeps only the class, the code and the stack frames
 * of their errors.
 *
 * @param error the value that was thrown
 * @returns fields for the log; for other errors also the message
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

/** Writes Nest's own messages to the app's log. `startApp` reports the errors that keep an app from starting. */
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
