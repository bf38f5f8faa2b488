export type { Appearance, Candidate } from './appearances.ts';
export * from './check-case-system.ts';
export type { ChildOfReferral, ChildPlace } from './child-place.ts';
export * from './children.module.ts';
export * from './find-candidates.ts';
export * from './judge-children.ts';
export * from './keep-candidates.ts';
export * from './look-for-children.ts';
export * from './read-known-children.ts';
