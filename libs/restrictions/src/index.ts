export * from './break-glass.ts';
export * from './change-access.ts';
export * from './end-restriction.ts';
export * from './keep-restriction.ts';
export * from './read-restrictions.ts';
export * from './restrict-referral.ts';
export * from './restrictions.module.ts';
export * from './review-glass.ts';
