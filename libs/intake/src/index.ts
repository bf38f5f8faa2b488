export * from './acknowledge-referral.ts';
export { InvalidReferral, type FieldFault } from './body/field-fault.ts';
export * from './body/referral-reader.ts';
export * from './body/submit-referral.body.ts';
export * from './consultations.ts';
export * from './read-own-referral.ts';
export * from './submit-referral.ts';
