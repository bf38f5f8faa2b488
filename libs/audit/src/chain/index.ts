export { checkpointsIn } from './checkpoint-folder.ts';
export * from './checkpoint-settings.ts';
export { Marks } from './marks.ts';
export * from './record-standing.ts';
export { TakeCheckpoint } from './take-checkpoint.ts';
export { tamperingInWords, type Tampering, type TamperingKind } from './tampering.ts';
export { VerifyRecord, type RecordReport } from './verify-record.ts';
