import { limitHeaders, type RateLimit, type Standing } from '#access';
import { ApiProblem } from './api-problem.ts';

export const tooManyRequests = ({ policy }: RateLimit, standing: Standing) =>
  new ApiProblem({
    status: 429,
    slug: 'too-many-requests',
    title: 'You have sent too many requests',
    detail:
      `Nothing was stored. Send it again in ${standing.seconds} seconds, with the same Idempotency-Key. ` +
      'If a child is in danger, dial 999 and ring the hub.',
    headers: limitHeaders(policy, standing),
  });
