import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { RatingController } from './rating.controller.ts';

@Module({ imports: [ReferralsModule], controllers: [RatingController] })
export class RatingPageModule {}
