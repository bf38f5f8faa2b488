import type { IncomingMessage, Server, ServerResponse } from 'node:http';

const CHECKED_EVERY_MS = 1_000;

/** In these times a client has sent its headers and its whole request. With the time until the check it is half a minute. */
const HEADERS_WITHIN_MS = 15_000 - CHECKED_EVERY_MS;
const REQUEST_WITHIN_MS = 30_000 - CHECKED_EVERY_MS;

/**
 * Ends requests that come too slowly, with 408: a client that sends a byte now and then holds a connection for half a
 * minute and not for ever. Call it before the server listens.
 */
export function limitRequests(server: Server): void {
  limitByNode(server, REQUEST_WITHIN_MS);
}

/**
 * The same, but for requests of which the app says that they may go on ({@link mayGoOn}).
 *
 * @param longest milliseconds after which such a one ends as well
 */
export function limitRequestsBut(server: Server, longest: number): void {
  limitByNode(server, longest);
  // Node has one time for all requests of a server.
  server.prependListener('request', (request, response) => limitOne(request, response));
}

function limitByNode(server: Server, requestTimeout: number): void {
  // Node looks each half minute by itself, which would double the time.
  const connectionsCheckingInterval = CHECKED_EVERY_MS;
  Object.assign(server, { headersTimeout: HEADERS_WITHIN_MS, requestTimeout, connectionsCheckingInterval });
  // Left to itself, Node asks for the body of any request. We ask once we know who sends it.
  server.on('checkContinue', (request, response) => server.emit('request', request, response));
}

const limits = new WeakMap<IncomingMessage, NodeJS.Timeout>();

function limitOne(request: IncomingMessage, response: ServerResponse): void {
  const limit = setTimeout(() => {
    if (request.complete || response.writableEnded) return;
    if (!response.headersSent) request.socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
    request.socket.destroySoon();
  }, REQUEST_WITHIN_MS).unref();
  limits.set(request, limit);
  response.once('close', () => clearTimeout(limit));
}

/** Half a minute more for a request that is known to be from a person who may send much, at each piece of it that comes. */
export function mayGoOn(request: IncomingMessage): void {
  limits.get(request)?.refresh();
}
