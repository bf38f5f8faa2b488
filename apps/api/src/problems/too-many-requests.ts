import { limitHeaders, type RateLimit, type Standing } from '#access';
import { problem, type ApiProblem } from './api-problem.ts';

/** Says when it is worth to send again. */
export function tooManyRequests({ policy }: RateLimit, standing: Standing): ApiProblem {
  return problem('too-many-requests', {
    detail:
      `Nothing was stored. Send it again in ${standing.seconds} seconds, with its Idempotency-Key if it had one. ` +
      'If a child is in danger, dial 999 and ring the hub.',
    headers: limitHeaders(policy, standing),
  });
}
