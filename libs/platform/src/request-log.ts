import { randomUUID } from 'node:crypto';
import type { Logger } from './logging.ts';
import { runInRequestContext } from './request-context.ts';
import type { NextFunction, Request, Response } from 'express';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Gives each request an id, its own when that is a UUID, and one line in the log: method, route, status and
 * milliseconds. The route is the pattern, so that nothing a caller put in a URL is logged.
 */
export function requestLog(log: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const sent = request.get('X-Request-Id') ?? '';
    const requestId = UUID.test(sent) ? sent.toLowerCase() : randomUUID();
    const started = performance.now();
    response.setHeader('X-Request-Id', requestId);
    runInRequestContext({ requestId }, () => {
      response.on('finish', () => {
        const route = (request.route as { path?: string } | undefined)?.path ?? 'unmatched';
        const ms = Math.round(performance.now() - started);
        log.info({ method: request.method, route, status: response.statusCode, ms }, 'request');
      });
      next();
    });
  };
}
