import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { StaffRequest } from './staff-request.ts';

/** The parameter of a handler that is the person who is signed in. */
export const SignedIn = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<StaffRequest>().actor,
);
