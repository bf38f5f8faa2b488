import { Reflector } from '@nestjs/core';
import type { ApiQueryOptions } from '@nestjs/swagger';
import type { Request } from 'express';
import { problem } from '../problems/api-problem.ts';

/** The query parameters that a route knows. Without it a route knows none, and refuses each. */
export const TakesQuery = Reflector.createDecorator<readonly string[]>();

/** How many items a page has where the agency does not say. */
const USUAL = 50;
const MOST = 100;

export const LIMIT = {
  name: 'limit',
  required: false,
  description: `The most items that the answer has: from 1 to ${MOST}.`,
  example: USUAL,
  schema: { type: 'integer', minimum: 1, maximum: MOST, default: USUAL },
} as const satisfies ApiQueryOptions;

export const AFTER = {
  name: 'after',
  required: false,
  description: 'The page.next of the answer before: the list goes on from there.',
  example: 'WyIyMDI2LTExLTIzVDE0OjA3OjE5WiJd.p3Yx0b4n1QmT2cVdLw9aRg',
  schema: { type: 'string', maxLength: 400 },
} as const satisfies ApiQueryOptions;

/** The parameters of an address, each of which the guard has seen to be known and there once. */
export function queryOf({ originalUrl }: Pick<Request, 'originalUrl'>): URLSearchParams {
  const at = originalUrl.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : originalUrl.slice(at + 1));
}

/** @throws ApiProblem `invalid-query-parameter` */
export function limitOf(query: URLSearchParams): number {
  const written = query.get('limit');
  if (written === null) return USUAL;
  const limit = /^[0-9]{1,3}$/.test(written) ? Number(written) : 0;
  if (limit < 1 || limit > MOST)
    throw problem('invalid-query-parameter', { detail: `limit must be a whole number from 1 to ${MOST}.` });
  return limit;
}
