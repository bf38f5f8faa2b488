import { Module } from '@nestjs/common';
import { AnswerRoute } from './answer-route.ts';
import { DecideAgain } from './decide-again.ts';
import { PlanEdgeOfCare } from './edge-of-care/plan-edge-of-care.ts';
import { ReadEdgeOfCare } from './edge-of-care/read-edge-of-care.ts';
import { RecordEdgeOfCare } from './edge-of-care/record-edge-of-care.ts';
import { PublishLocalities } from './localities/publish-localities.ts';
import { ReadLocalities } from './localities/read-localities.ts';
import { ReadRoutes } from './read-routes.ts';
import { SendOn } from './send-on.ts';

const USE_CASES = [
  AnswerRoute,
  DecideAgain,
  PlanEdgeOfCare,
  PublishLocalities,
  ReadEdgeOfCare,
  ReadLocalities,
  ReadRoutes,
  RecordEdgeOfCare,
  SendOn,
];

/** Where families go: sent by a decision, answered, sent on; and the localities that say where. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class RoutesModule {}
