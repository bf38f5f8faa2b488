import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { NextFunction, Request, Response } from 'express';

/** A body that is not read to its end. The status is that of the answer. */
export class UnreadBody extends Error {
  constructor(readonly status: 400 | 413) {
    super(status === 413 ? 'the body is too large' : 'the body broke off');
    this.name = 'UnreadBody';
  }
}

/** For so long a client that is still sending can read its answer before the connection is cut. */
const TIME_TO_READ_MS = 1_000;

/** Whether a request says that a body follows its headers. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}

/**
 * Reads the body of a request. A client that waits to be asked for it (`Expect: 100-continue`) is asked now.
 *
 * @param limit bytes; nothing is read beyond it
 * @throws UnreadBody 413 when the body is larger, 400 when the client breaks it off
 */
export async function readBody(request: IncomingMessage, response: ServerResponse, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new UnreadBody(413);
  if (request.headers.expect !== undefined) response.writeContinue();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) break;
      chunks.push(chunk);
    }
  } catch {
    throw new UnreadBody(400);
  }
  if (size > limit) throw new UnreadBody(413);
  return Buffer.concat(chunks);
}

/**
 * Middleware that ends the connection of a request which is answered before its body was read, as one is whose
 * credential is refused: what else the client sends is not read.
 */
export function partFromUnread(request: Request, response: Response, next: NextFunction): void {
  if (!hasBody(request)) return next();
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => Response;
  response.writeHead = (...given: unknown[]) => {
    if (!request.complete) {
      response.setHeader('Connection', 'close');
      stopReading(request);
      partGently(request.socket);
    }
    return writeHead(...given);
  };
  next();
}

/** A request that was never read is read by Node to its end when it is answered, unless the app has begun to read it. */
function stopReading(request: Request): void {
  request.pause();
  request.read(0);
}

/** To close a connection on which bytes are waiting tears the answer away from the client: it gets a moment to read it. */
function partGently(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end();
    const cut = setTimeout(() => socket.destroy(), TIME_TO_READ_MS).unref();
    socket.once('close', () => clearTimeout(cut));
  };
}
