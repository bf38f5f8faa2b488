export * from './ask-providers.ts';
export * from './channels.ts';
export * from './claim-messages.ts';
export * from './dispatcher.ts';
export * from './mailer.ts';
export * from './provider.ts';
export { asReceipt } from './providers/notify.ts';
export * from './record-outcome.ts';
