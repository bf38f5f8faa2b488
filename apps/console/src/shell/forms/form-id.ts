import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isUuid, Refused } from '#platform';

/**
 * The parameter of a handler that is the id of the form a person sent, a UUID: `once` does the work of a form once by it.
 * Every page gives each of its forms one (`shell/forms/hidden.njk`).
 *
 * @throws Refused `form-not-whole` when the form came without it
 */
export const FormId = createParamDecorator((_: unknown, context: ExecutionContext) =>
  formIdIn(context.switchToHttp().getRequest<Request>().body),
);

/** @throws Refused `form-not-whole` */
export function formIdIn(body: unknown): string {
  const { _form: id } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || !isUuid(id)) throw new Refused('form-not-whole');
  return id;
}
