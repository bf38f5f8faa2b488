import type { ApiHeaderOptions } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { entityTag, hasSeen } from './entity-tag.ts';
import { preferencesApplied, type Handling } from './preferences.ts';

/** The same where faults can be set apart. */
export const PREFER_HANDLING = {
  name: 'Prefer',
  required: false,
  description:
    'With handling=lenient a referral whose only faults are soft ones is stored: a number with a wrong check digit, a date that cannot be, a telephone number or an e-mail address that cannot be used. The value is set apart for a person of the hub to look into, and warnings names it. Without it each fault is refused.',
  example: 'handling=lenient',
  schema: { type: 'string', maxLength: 1000 },
} as const satisfies ApiHeaderOptions;
/** How the headers that an agency may send with any request stand in the contract. */
export const PREFER = {
  name: 'Prefer',
  required: false,
  description: 'handling=strict and return=representation are always met, and said to be; others are passed over.',
  example: 'return=representation',
  schema: { type: 'string', maxLength: 1000 },
} as const satisfies ApiHeaderOptions;
export const IF_NONE_MATCH = {
  name: 'If-None-Match',
  required: false,
  description: 'ETags of answers that you have.',
  example: '"k7Yx0b4n1QmT2cVdLw9aRg"',
  schema: { type: 'string', maxLength: 1000 },
} as const satisfies ApiHeaderOptions;

/** Answers, and says which preferences of the request that meets. */
export function answerWith(
  request: Request,
  response: Response,
  status: number,
  answer: object,
  handling: Handling = 'strict',
): void {
  const applied = preferencesApplied(request.get('Prefer'), handling);
  if (applied !== undefined) response.set('Preference-Applied', applied);
  response.status(status).json(answer);
}

/** Answers what an agency reads with its entity tag, or 304 when the agency has it already. */
export function answerUnlessSeen(request: Request, response: Response, shown: object): void {
  const tag = entityTag(shown);
  response.set('ETag', tag);
  if (hasSeen(request.get('If-None-Match'), tag)) return void response.status(304).end();
  answerWith(request, response, 200, shown);
}
