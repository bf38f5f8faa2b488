import { Module } from '@nestjs/common';
import { CheckCaseSystem } from './check-case-system.ts';
import { ReadFamily } from './family/read-family.ts';
import { ReadIncident } from './incidents/read-incident.ts';
import { SaySameIncident } from './incidents/say-same-incident.ts';
import { TellOfThirdContact } from './incidents/tell-of-third-contact.ts';
import { EndJudgement, JudgeChildren } from './judge-children.ts';
import { LookForChildren } from './look-for-children.ts';
import { ReadKnownChildren } from './read-known-children.ts';

const USE_CASES = [
  ...[ReadKnownChildren, LookForChildren, JudgeChildren, EndJudgement, CheckCaseSystem],
  ...[SaySameIncident, ReadIncident, TellOfThirdContact, ReadFamily],
];

/** Children known across referrals: who a child may be, and what persons say of it. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class ChildrenModule {}
