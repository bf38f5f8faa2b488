export * from './acknowledge-alerts.ts';
export * from './deadline-engine.ts';
export * from './fire-due.ts';
export * from './read-alerts.ts';
export * from './send-alert.ts';
