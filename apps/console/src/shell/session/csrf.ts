import { csrfSync } from 'csrf-sync';
import type { NextFunction, Request, Response } from 'express';

const { csrfSynchronisedProtection, generateToken } = csrfSync({
  getTokenFromRequest: ({ body }: Request) => (body as Record<string, string> | undefined)?.['_csrf'],
});

/** Middleware that refuses a form without the token of the person's session. */
export function requireCsrfToken(request: Request, response: Response, next: NextFunction): void {
  // The session of a page that has timed out may have ended: it has no token, and can do nothing but sign out.
  if (request.path === '/timed-out') return next();
  csrfSynchronisedProtection(request, response, next);
}

/** The token of the person's session, made at the first page. */
export function csrfTokenOf(request: Request): string {
  return generateToken(request);
}
