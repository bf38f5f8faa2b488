import { parse } from 'node:querystring';
import { hasBody, readBody, UnreadBody } from '#platform';
import type { NextFunction, Request, Response } from 'express';

/** The largest form in bytes, as a browser writes it: the longest texts of a referral, each character in twelve bytes. */
const LARGEST = 1024 * 1024;
/** Of the largest form the service has, there are some 300. */
const MOST_FIELDS = 1_000;

/**
 * Middleware that reads the form of a request. It comes after that of the session. A form that was sent when its session
 * had ended is read all the same: its person is shown what they wrote.
 *
 * @throws UnreadBody 413 when it is too large
 */
export async function receiveForm(request: Request, response: Response, next: NextFunction): Promise<void> {
  if (hasBody(request) && isForm(request)) {
    const written = (await readBody(request, response, LARGEST)).toString('utf8');
    if (written.split('&', MOST_FIELDS + 1).length > MOST_FIELDS) throw new UnreadBody(413);
    request.body = parse(written, '&', '=', { maxKeys: MOST_FIELDS });
  }
  next();
}

function isForm(request: Request): boolean {
  const isPlain = (request.get('Content-Encoding') ?? 'identity').toLowerCase() === 'identity';
  return isPlain && request.is('application/x-www-form-urlencoded') !== false;
}
