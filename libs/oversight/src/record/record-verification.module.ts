import { Module, type DynamicModule } from '@nestjs/common';
import { CHECKPOINT_SETTINGS, TakeCheckpoint, VerifyRecord, type CheckpointSettings } from '#audit';
import { DeadlinesModule } from '#deadlines';
import { PlanVerification } from './plan-verification.ts';
import { VerifyNightly } from './verify-nightly.ts';

/** The checkpoints of the record, and its verification each night. */
@Module({})
export class RecordVerificationModule {
  /** @param settings null where no checkpoints are made */
  static with(settings: CheckpointSettings | null): DynamicModule {
    return {
      module: RecordVerificationModule,
      imports: [DeadlinesModule],
      providers: [
        { provide: CHECKPOINT_SETTINGS, useValue: settings },
        TakeCheckpoint,
        VerifyRecord,
        VerifyNightly,
        PlanVerification,
      ],
      exports: [TakeCheckpoint, VerifyNightly, PlanVerification],
    };
  }
}
