export * from './health.ts';
export * from './logging.ts';
export * from './mailer.ts';
export * from './refused.ts';
export * from './request-context.ts';
export * from './request-log.ts';
export * from './settings.ts';
export * from './start-app.ts';
