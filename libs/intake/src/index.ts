export * from './acknowledge-referral.ts';
export * from './read-own-referral.ts';
export * from './submit-referral.ts';
