export * from './change-rota.ts';
export * from './channels-in-use.ts';
export * from './handover/accept-handover.ts';
export * from './handover/begin-handover.ts';
export * from './handover/read-handovers.ts';
export * from './load-rota.ts';
export * from './read-rota.ts';
export * from './watch-rota.ts';
