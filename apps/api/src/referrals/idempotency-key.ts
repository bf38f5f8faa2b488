import type { ApiHeaderOptions } from '@nestjs/swagger';
import type { Request } from 'express';
import { problem } from '../problems/api-problem.ts';

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: true,
  description: 'A new one for each thing that you send, the same one for each retry.',
  example: '0f1d6c7e-53a8-4e0e-9a55-0d6f2c8b7a10',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]{1,255}$' },
} as const satisfies ApiHeaderOptions;

/** @throws ApiProblem 400 */
export function idempotencyKeyOf(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key === undefined) throw problem('idempotency-key-required');
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw problem('idempotency-key-invalid');
  return key;
}
