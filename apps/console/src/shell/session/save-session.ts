import type { NextFunction, Request, Response } from 'express';

/** What each session had in it when it was last loaded or saved. */
const stored = new WeakMap<Request, string>();

/** Middleware after that of the session: remembers the session as the database has it. */
export function rememberSession(request: Request, _response: Response, next: NextFunction): void {
  if (request.session !== undefined) stored.set(request, dataOf(request));
  next();
}

/**
 * Saves what changed in the session. Every answer waits for this: the browser follows a redirect, and a quick hand sends
 * the next form, before the answer has ended, and only then would express-session save the session by itself.
 */
export async function saveSession(request: Request): Promise<void> {
  if (request.session === undefined || dataOf(request) === stored.get(request)) return;
  stored.set(request, dataOf(request));
  // Where the session cannot be saved the act is done all the same, and the person is told.
  await new Promise<void>((saved) => request.session.save(() => saved()));
}

function dataOf({ session }: Request): string {
  const { cookie: _, ...data } = session;
  return JSON.stringify(data);
}
