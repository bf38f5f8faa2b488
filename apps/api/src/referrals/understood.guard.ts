import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { problem } from '../problems/api-problem.ts';

/**
 * Refuses what is asked for and would not be done: `?dryRun=true` must not make a real referral. No operation has a
 * query parameter today.
 */
@Injectable()
export class Understood implements CanActivate {
  /** @throws ApiProblem 400 or 406 */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (/\?&*[^&]/.test(request.originalUrl)) throw problem('unknown-query-parameter');
    if (request.accepts(['application/json', 'application/problem+json']) === false) throw problem('not-acceptable');
    return true;
  }
}
