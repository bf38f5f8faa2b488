import type { NextFunction, Request, Response } from 'express';

/**
 * What changed in the session is in the database before the browser has anything of the answer: it follows a redirect,
 * and a quick hand sends a form, before an answer has ended, which is when the session would be saved by itself.
 */
export function saveSessionFirst(request: Request, response: Response, next: NextFunction): void {
  if (request.session === undefined) return next();
  let saved = dataOf(request);
  const whenSaved = (then: () => void) => {
    if (request.session === undefined || dataOf(request) === saved) return then();
    saved = dataOf(request);
    // Where it cannot be saved the act is done all the same, and told.
    request.session.save(() => then());
  };
  const [redirect, send] = [response.redirect.bind(response), response.send.bind(response)];
  response.redirect = ((status: number, url: string) =>
    whenSaved(() => redirect(status, url))) as typeof response.redirect;
  response.send = (body) => {
    whenSaved(() => send(body));
    return response;
  };
  next();
}

function dataOf({ session }: Request): string {
  const { cookie: _, ...data } = session;
  return JSON.stringify(data);
}
