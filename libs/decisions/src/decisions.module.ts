import { Module } from '@nestjs/common';
import { ChildrenModule } from '#children';
import { DecideAndTakeNext } from './decide-and-take-next.ts';
import { EndSameIncident } from './end-same-incident.ts';
import { NextToSignOff } from './next-to-sign-off.ts';
import { PreviewDecision } from './preview-decision.ts';
import { ReadUndoable } from './read-undoable.ts';
import { RecordDecision } from './record-decision.ts';
import { SignOffDecision } from './sign-off-decision.ts';
import { UndoDecision } from './undo-decision.ts';

const USE_CASES = [
  PreviewDecision,
  RecordDecision,
  DecideAndTakeNext,
  SignOffDecision,
  NextToSignOff,
  UndoDecision,
  ReadUndoable,
  EndSameIncident,
];

/** Decisions: previewed, recorded, signed off, taken back. */
@Module({ imports: [ChildrenModule], providers: USE_CASES, exports: USE_CASES })
export class DecisionsModule {}
