import { Module } from '@nestjs/common';
import { ReadFeedback } from './read-feedback.ts';
import { AllowFeedback, LeaveUntold, TellReferrer } from './tell-referrer.ts';

const USE_CASES = [ReadFeedback, TellReferrer, AllowFeedback, LeaveUntold];

/** What a referrer is told of a decision, by whom, and who waits for it. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class FeedbackModule {}
