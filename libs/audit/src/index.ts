export * from './audit.ts';
export * from './read-acts.ts';
