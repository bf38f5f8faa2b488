export { FeedbackLetters } from './feedback-letters.ts';
export { stopFeedback, withdrawFeedback } from './feedback-state.ts';
export * from './feedback.module.ts';
export * from './owe-feedback.ts';
export * from './read-feedback.ts';
export * from './tell-referrer.ts';
