export * from './decisions.module.ts';
export * from './preview-decision.ts';
export * from './record-decision.ts';
export * from './sign-off-decision.ts';
export * from './undo-decision.ts';
