import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { answerOf, problem, type ApiProblem } from './api-problem.ts';

/** How Node names the faults of a request that its parser ends. Any other is one of the request's form. */
const BY_CODE: Readonly<Record<string, ApiProblem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: problem('request-timeout'),
  HPE_HEADER_OVERFLOW: problem('headers-too-large'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: problem('too-large'),
};

/**
 * Answers as a problem what Node would answer by itself, or with nothing, before the app sees a request.
 *
 * @param hub the address at which agencies reach the API
 */
export function answerOutsideTheApp(server: Server, hub: string): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: Response }) => {
    const isAnswered = socket._httpMessage?.headersSent === true;
    if (!socket.writable || isAnswered || error.code === 'ECONNRESET') return void socket.destroy();
    socket.end(rawAnswer(BY_CODE[error.code ?? ''] ?? problem('malformed-request'), hub));
  });
  server.on('checkExpectation', (_, response: Response) => {
    const requestId = randomUUID();
    const { status, headers, body } = answerOf(problem('expectation-failed'), requestId, hub);
    response.writeHead(status, { ...headers, ...alwaysSent(requestId, body) }).end(body);
  });
  // Node answers a request without a host with a bare 400; `everyRequestHasAHost` says why.
  Object.assign(server, { requireHostHeader: false });
}

/** HTTP/1.1 requires the header Host (RFC 9112, 3.2). */
export function everyRequestHasAHost(request: Request, _: Response, next: NextFunction): void {
  if (request.headers.host === undefined && request.httpVersion === '1.1') {
    return next(problem('malformed-request', { detail: 'HTTP/1.1 requires the header Host.' }));
  }
  next();
}

function rawAnswer(what: ApiProblem, hub: string): string {
  const requestId = randomUUID();
  const { status, headers, body } = answerOf(what, requestId, hub);
  const lines = Object.entries({ ...headers, ...alwaysSent(requestId, body), Connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${body}`;
}

const alwaysSent = (requestId: string, body: string) => ({
  'Content-Type': 'application/problem+json; charset=utf-8',
  'Content-Length': String(Buffer.byteLength(body)),
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Request-Id': requestId,
});
