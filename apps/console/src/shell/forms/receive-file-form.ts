import { once } from 'node:events';
import type { Readable } from 'node:stream';
import busboy, { type Busboy } from 'busboy';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { MOST_BYTES } from '#domain';
import { mayGoOn, UnreadBody } from '#platform';
import type { PostRoutes } from './post-routes.ts';
import { rememberFileForm, type FileForm, type SentFile } from './sent-file.ts';

/** The fields before the file, in bytes: a few short texts. */
const LARGEST_FIELDS = 128 * 1024;
/** So much is read of a body that is too large, in bytes: its browser gets the page that says so. The rest is cut off. */
const MOST_READ = 100 * 1024 * 1024;

/** A file whose first bytes may have come. */
interface Coming {
  readonly name: string;
  readonly mediaType: string;
  readonly stream: Readable;
}

/**
 * Middleware that reads a form with a file (multipart/form-data) up to where its file begins.
 *
 * The fields come before the file, and with them the token of the session: whether the form is one of ours, who sends it and
 * whether they may is asked between the two, while the file's bytes wait with the browser. Nothing of the file is taken before,
 * and nothing of it is ever in memory but what is on its way. `busboy` reads multipart for multer, and so for Nest; multer
 * itself would take the file first.
 *
 * @throws UnreadBody 413 when the fields are too large, 400 when it is no such form or breaks off
 */
export function receiveFileForm(posts: PostRoutes): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    if (request.method === 'POST' && isFileForm(request) && posts.at(request.path)?.takesFile === true) {
      if (request.headers.expect !== undefined) response.writeContinue();
      const { fields, form } = await readFields(request);
      request.body = fields;
      rememberFileForm(request, form);
    }
    next();
  };
}

function isFileForm(request: Request): boolean {
  const isPlain = (request.get('Content-Encoding') ?? 'identity').toLowerCase() === 'identity';
  return isPlain && request.is('multipart/form-data') !== false;
}

async function readFields(request: Request): Promise<{ fields: Readonly<Record<string, string>>; form: FileForm }> {
  const parser = parserOf(request);
  const fields: [string, string][] = [];
  const state = { isFileReached: false };
  parser.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) parser.destroy(new UnreadBody(413));
    else if (!state.isFileReached) fields.push([name, value]);
  });
  const reached = new Promise<Coming | null>((resolve, reject) => {
    parser.once('file', (_, stream, { filename, mimeType: mediaType }) => {
      state.isFileReached = true;
      // What breaks off is told to who reads the bytes; where nothing reads any more it is no fault of ours.
      stream.on('error', () => undefined);
      resolve({ name: filename ?? '', mediaType, stream });
    });
    parser.once('close', () => resolve(null));
    parser.on('error', (error) => reject(error instanceof UnreadBody ? error : new UnreadBody(400)));
  });
  const fed = feed(request, parser, state);
  const file = await reached;
  const discard = async () => {
    if (lengthOf(request) > MOST_READ) return;
    // Who was reading it has stopped, perhaps in the middle.
    file?.stream.removeAllListeners('readable').resume();
    await fed;
  };
  return {
    fields: Object.fromEntries(fields),
    form: { file: file === null ? null : await chosen(file, request), discard },
  };
}

function parserOf(request: Request): Busboy {
  try {
    return busboy({
      headers: request.headers,
      // Browsers write names of files as they write pages. Folders are taken off where the name is made fit to be shown.
      ...{ defParamCharset: 'utf8', preservePath: true },
      limits: { fields: 20, files: 1, parts: 21, fieldNameSize: 100, fieldSize: LARGEST_FIELDS },
    });
  } catch {
    throw new UnreadBody(400);
  }
}

/** Hands the body on, no faster than it is taken. Never throws: the parser tells who reads from it. */
async function feed(request: Request, parser: Busboy, state: { readonly isFileReached: boolean }): Promise<void> {
  let size = 0;
  const closed = new Promise((resolve) => parser.once('close', resolve));
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += piece.length;
      if (parser.destroyed) return;
      if (!parser.write(piece)) await Promise.race([new Promise((resolve) => parser.once('drain', resolve)), closed]);
      if (size > (state.isFileReached ? MOST_READ : LARGEST_FIELDS)) return void parser.destroy(new UnreadBody(413));
    }
    parser.end();
  } catch {
    parser.destroy(new UnreadBody(400));
  }
}

/** A browser sends a file without a name and without bytes where none was chosen. */
async function chosen({ stream, ...file }: Coming, request: Request): Promise<SentFile | null> {
  if (file.name === '') {
    await Promise.race([once(stream, 'readable'), once(stream, 'error')]).catch(() => undefined);
    if (stream.readableLength === 0) return null;
  }
  return { ...file, isTooLarge: lengthOf(request) > MOST_BYTES + LARGEST_FIELDS, bytes: bytesOf(stream, request) };
}

async function* bytesOf(stream: Readable, request: Request): AsyncGenerator<Buffer, void> {
  try {
    for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      mayGoOn(request);
      yield piece;
    }
  } catch (error) {
    throw error instanceof UnreadBody ? error : new UnreadBody(400);
  }
}

/** What a browser says that its body has, in bytes; 0 where it says nothing. */
function lengthOf({ headers }: Request): number {
  return Number(headers['content-length'] ?? 0);
}
