import { Reflector } from '@nestjs/core';
import type { ProblemSlug } from './problem-table.ts';

/** Says for a route which problem a body is that is too much to read. Without it, it is one of a referral. */
export const InvalidAs = Reflector.createDecorator<ProblemSlug>();
