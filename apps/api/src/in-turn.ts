import { ConnectionsInReserve } from '#store';
import type { NextFunction, Request, Response } from 'express';

/** Middleware that has requests wait while too many others use the database. @param pool connections of the app */
export function inTurn(pool: number) {
  const reserve = new ConnectionsInReserve(pool);
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const leave = await reserve.enter(request.method === 'GET' || request.method === 'HEAD');
    // Who has hung up meanwhile waits for no answer.
    if (response.closed) return leave();
    response.once('close', leave);
    next();
  };
}
