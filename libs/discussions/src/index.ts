export * from './begin-discussion.ts';
export * from './call-discussion.ts';
export * from './discussions.module.ts';
export * from './read-discussion-times.ts';
export * from './read-discussions.ts';
export * from './record-conference.ts';
export * from './record-discussion.ts';
