export * from './catalogue.ts';
export * from './courier.ts';
export * from './job-relay.ts';
export * from './job-rows.ts';
export * from './job-runner.ts';
export * from './jobs.module.ts';
export * from './ledger-sweep.ts';
export type { QueueStoreSettings } from './queue-store.ts';
export * from './waiting-job.ts';
