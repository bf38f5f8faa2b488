import { Module } from '@nestjs/common';
import { FeedbackModule } from '#feedback';
import { ReferralsModule } from '#referrals';
import { FeedbackListController } from './feedback-list.controller.ts';
import { FeedbackController } from './feedback.controller.ts';

@Module({ imports: [FeedbackModule, ReferralsModule], controllers: [FeedbackController, FeedbackListController] })
export class FeedbackPageModule {}
