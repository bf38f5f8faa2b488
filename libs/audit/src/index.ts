export * from './audit.ts';
export * from './read-acts.ts';
export * from './refusal-record.ts';
