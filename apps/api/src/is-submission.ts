import type { Request } from 'express';

/** Whether a request sends a referral, as opposed to asking, or trying one. */
export function isSubmission({ method, path }: Pick<Request, 'method' | 'path'>): boolean {
  return method === 'POST' && /\/referrals\/?$/i.test(path);
}
