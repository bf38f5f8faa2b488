import type { Server } from 'node:http';

const CHECKED_EVERY_MS = 1_000;

/** In these times a client has sent its headers and its whole request. With the time until the check it is half a minute. */
const HEADERS_WITHIN_MS = 15_000 - CHECKED_EVERY_MS;
const REQUEST_WITHIN_MS = 30_000 - CHECKED_EVERY_MS;

/**
 * Ends requests that come too slowly, with 408: a client that sends a byte now and then holds a connection for half a
 * minute and not for ever. Call it before the server listens.
 */
export function limitRequests(server: Server): void {
  Object.assign(server, {
    headersTimeout: HEADERS_WITHIN_MS,
    requestTimeout: REQUEST_WITHIN_MS,
    // Node looks each half minute by itself, which would double the time.
    connectionsCheckingInterval: CHECKED_EVERY_MS,
  });
  // Left to itself, Node asks for the body of any request. We ask once we know who sends it.
  server.on('checkContinue', (request, response) => server.emit('request', request, response));
}
