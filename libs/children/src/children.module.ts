import { Module } from '@nestjs/common';
import { CheckCaseSystem } from './check-case-system.ts';
import { EndJudgement, JudgeChildren } from './judge-children.ts';
import { LookForChildren } from './look-for-children.ts';
import { ReadKnownChildren } from './read-known-children.ts';

const USE_CASES = [ReadKnownChildren, LookForChildren, JudgeChildren, EndJudgement, CheckCaseSystem];

/** Children known across referrals: who a child may be, and what persons say of it. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class ChildrenModule {}
