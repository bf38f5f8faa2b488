import { randomUUID } from 'node:crypto';
import type { Logger } from './logging.ts';
import { traceOf } from './trace-of.ts';
import { runInRequestContext } from './request-context.ts';
import type { NextFunction, Request, Response } from 'express';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Makes the middleware that gives each request an id and writes one line to the log: method, route, status and
 * milliseconds. The id is the header `X-Request-Id` of the request when that is a UUID, otherwise a new one; the answer
 * carries it too. The lines have the trace of `traceparent` as well, when that is a valid one. The route is the pattern, such as `/referrals/:reference`, so that no part of the URL is logged.
 */
export function requestLog(log: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const sent = request.get('X-Request-Id') ?? '';
    const requestId = UUID.test(sent) ? sent.toLowerCase() : randomUUID();
    const started = performance.now();
    response.setHeader('X-Request-Id', requestId);
    const traceId = traceOf(request.get('traceparent'));
    runInRequestContext({ requestId, ...(traceId !== null && { traceId }) }, () => {
      response.on('finish', () => {
        const route = (request.route as { path?: string } | undefined)?.path ?? 'unmatched';
        const ms = Math.round(performance.now() - started);
        log.info({ method: request.method, route, status: response.statusCode, ms }, 'request');
      });
      next();
    });
  };
}
