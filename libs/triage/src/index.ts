export * from './claim-referral.ts';
export * from './give-back.ts';
export * from './rate-referral.ts';
export * from './read-queue.ts';
export * from './read-referral.ts';
export * from './record-decision.ts';
export * from './sign-off-decision.ts';
export * from './take-next.ts';
