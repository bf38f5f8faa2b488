import { Module } from '@nestjs/common';
import { PreviewDecision } from './preview-decision.ts';
import { RecordDecision } from './record-decision.ts';
import { SignOffDecision } from './sign-off-decision.ts';
import { UndoDecision } from './undo-decision.ts';

const USE_CASES = [PreviewDecision, RecordDecision, SignOffDecision, UndoDecision];

/** Decisions: previewed, recorded, signed off, taken back. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class DecisionsModule {}
