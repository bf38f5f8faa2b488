import { Module } from '@nestjs/common';
import { DiscussionsModule } from '#discussions';
import { ReferralsModule } from '#referrals';
import { DiscussionController } from './discussion.controller.ts';

@Module({ imports: [DiscussionsModule, ReferralsModule], controllers: [DiscussionController] })
export class DiscussionPageModule {}
