export * from './audit.ts';
export * from './chain/index.ts';
export * from './read-acts.ts';
export * from './read-holdings.ts';
export * from './read-record.ts';
export * from './record-kinds.ts';
export * from './record-months.ts';
export * from './refusal-record.ts';
