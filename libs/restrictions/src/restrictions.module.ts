import { Module } from '@nestjs/common';
import { DeadlinesModule } from '#deadlines';
import { BreakGlass } from './break-glass.ts';
import { ChangeAccess } from './change-access.ts';
import { EndRestriction } from './end-restriction.ts';
import { KeepRestriction } from './keep-restriction.ts';
import { ReadRestrictions } from './read-restrictions.ts';
import { RestrictReferral } from './restrict-referral.ts';
import { ReviewGlass } from './review-glass.ts';

const USE_CASES = [
  ...[RestrictReferral, KeepRestriction, EndRestriction, ChangeAccess],
  ...[BreakGlass, ReviewGlass, ReadRestrictions],
];

/** Records that only some people may open, and opening one in an emergency. */
@Module({ imports: [DeadlinesModule], providers: USE_CASES, exports: USE_CASES })
export class RestrictionsModule {}
