export * from './oversight.module.ts';
