export * from './decide-and-take-next.ts';
export * from './decisions.module.ts';
export * from './next-to-sign-off.ts';
export * from './preview-decision.ts';
export * from './read-undoable.ts';
export * from './record-decision.ts';
export * from './sign-off-decision.ts';
export * from './undo-decision.ts';
