export * from './claims/assign-referrals.ts';
export * from './claims/claim-referral.ts';
export * from './claims/end-shift.ts';
export * from './claims/give-back.ts';
export * from './claims/read-chosen.ts';
export * from './claims/read-workload.ts';
export * from './claims/return-lapsed-claims.ts';
export * from './claims/skip-referral.ts';
export * from './desk/drafts.ts';
export * from './desk/preferences.ts';
export * from './desk/saved-filters.ts';
export * from './live/due-soon.ts';
export * from './live/recent-changes.ts';
export * from './queue/glance-at-queue.ts';
export { QUEUE_ORDERS, readPageEnd, type PageEnd, type QueueOrder } from './queue/queue-order.ts';
export * from './queue/queue-view.ts';
export * from './queue/read-held.ts';
export {
  LINES_SHOWN,
  ReadQueue,
  type FilterChoice,
  type Queue,
  type QueueLine,
  type ReadQueueCommand,
} from './queue/read-queue.ts';
export * from './queue/take-next.ts';
export * from './work.module.ts';
