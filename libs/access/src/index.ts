export * from './access.guard.ts';
export * from './agency-credentials.ts';
export * from './declared-routes.ts';
export * from './health.controller.ts';
export * from './policy.ts';
export * from './route-access.ts';
export * from './staff.ts';
