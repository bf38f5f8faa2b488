import { setTimeout as wait } from 'node:timers/promises';
import type { AgencyLimits } from '#access';
import { ConnectionsInReserve, Places } from '#store';
import { credentialOf } from './credential-of.ts';
import { isSubmission } from './is-submission.ts';
import type { NextFunction, Request, Response } from 'express';

/** Requests of one caller that are answered at the same time. The thread has one turn for each request of each caller. */
const AT_ONCE = 4;
const WAIT_MS = 10_000;
const MOST_WAITING = 500;
/** Who is over a limit and goes on asking waits for the refusal: to refuse ten thousand a second takes the whole thread. */
const SLOWED_MS = 200;

/**
 * Middleware that has requests wait for their turn: a few of each caller at a time, its referrals apart from the rest, so
 * that no caller takes the thread from the others; and no more of all than there are connections for. Referrals need none
 * of their own, because those that come at the same time are stored together.
 *
 * @param pool connections of the app
 */
export function inTurn(pool: number, limits: AgencyLimits) {
  const reserve = new ConnectionsInReserve(pool);
  const callers = new Map<string, Places>();
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const agency = limits.agencyThatHad(credentialOf(request) ?? '');
    const caller = agency ?? limits.keyOf(request.ip);
    const key = `${isReading} ${caller}`;
    const places = callers.get(key) ?? new Places(AT_ONCE, WAIT_MS, MOST_WAITING);
    callers.set(key, places);
    await places.take();
    const leave = [() => leavePlaces(callers, key, places)];
    const left = () => leave.splice(0).forEach((one) => one());
    response.once('close', left);
    const limit = agency === undefined ? limits.failures : isReading ? limits.readings : limits.submissions;
    if (limit.known(caller) !== null) await wait(SLOWED_MS);
    else
      await reserve
        .enter(isReading ? 'reading' : isSubmission(request) ? 'sharing' : 'writing')
        .then((one) => leave.push(one));
    // Who has hung up meanwhile waits for no answer.
    if (response.closed) return left();
    next();
  };
}

function leavePlaces(callers: Map<string, Places>, key: string, places: Places): void {
  places.give();
  if (places.isEmpty) callers.delete(key);
}
