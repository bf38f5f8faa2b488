import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { queryOf, TakesQuery } from '../paging/query.ts';
import { problem } from '../problems/api-problem.ts';

/**
 * Refuses what is asked for and would not be done: `?dryRun=true` must not make a real referral. A parameter that a route
 * does not know is refused, and so is one that is there twice, because it cannot be known which one is meant.
 */
@Injectable()
export class Understood implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws ApiProblem 400 or 406 */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const known = this.reflector.get(TakesQuery, context.getHandler()) ?? [];
    const sent = [...queryOf(request).keys()];
    if (sent.some((name) => !known.includes(name)) || new Set(sent).size < sent.length) {
      const detail =
        known.length === 0 ? undefined : `Nothing was done. This operation knows ${known.join(', ')}, each once.`;
      throw problem('unknown-query-parameter', detail === undefined ? {} : { detail });
    }
    if (request.accepts(['application/json', 'application/problem+json']) === false) throw problem('not-acceptable');
    return true;
  }
}
