import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { WorkModule } from '#work';
import { ConfirmController } from './confirm.controller.ts';
import { RatingController } from './rating.controller.ts';

@Module({ imports: [ReferralsModule, WorkModule], controllers: [ConfirmController, RatingController] })
export class RatingPageModule {}
