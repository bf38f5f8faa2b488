import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { WorkModule } from '#work';
import { SkipController } from './skip.controller.ts';

@Module({ imports: [ReferralsModule, WorkModule], controllers: [SkipController] })
export class SkipPageModule {}
