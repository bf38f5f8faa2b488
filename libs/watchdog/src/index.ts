export * from './canary.ts';
export * from './content-refusal.ts';
export * from './content-refusals.ts';
export * from './dead-mans-switch.ts';
export * from './invariants.ts';
export * from './read-service-state.ts';
export * from './watchdog.module.ts';
export * from './watchdog.ts';
