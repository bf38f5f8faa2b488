import type { ApiHeaderOptions } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { entityTag, hasSeen } from './entity-tag.ts';
import { preferencesApplied } from './preferences.ts';

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
export function answerWith(request: Request, response: Response, status: number, answer: object): void {
  const applied = preferencesApplied(request.get('Prefer'));
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
