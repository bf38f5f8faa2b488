import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { FlagsController } from './flags.controller.ts';

@Module({ imports: [ReferralsModule], controllers: [FlagsController] })
export class FlagsPageModule {}
