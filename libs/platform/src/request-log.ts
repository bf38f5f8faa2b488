import { randomUUID } from 'node:crypto';
import type { Logger } from './logging.ts';
import { traceOf } from './trace-of.ts';
import { inRequestSpan } from './tracing/span.ts';
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
    const { method } = request;
    const routeOf = () => (request.route as { path?: string } | undefined)?.path ?? 'unmatched';
    inRequestSpan(request.get('traceparent'), method, (span) => {
      runInRequestContext({ requestId, ...(traceId !== null && { traceId }) }, () => {
        response.on('finish', () => {
          const ms = Math.round(performance.now() - started);
          log.info({ method, route: routeOf(), status: response.statusCode, ms }, 'request');
        });
        // Also where the caller went away before the answer.
        response.on('close', () => {
          const route = routeOf();
          const attributes = { 'http.route': route, 'mash.request_id': requestId };
          const status = { 'http.response.status_code': response.statusCode };
          const error = response.statusCode >= 500 ? String(response.statusCode) : null;
          span?.end({ name: `${method} ${route}`, attributes: { ...attributes, ...status }, error });
        });
        next();
      });
    });
  };
}
