import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { WorkModule } from '#work';
import { GiveBackController } from './give-back.controller.ts';

@Module({ imports: [ReferralsModule, WorkModule], controllers: [GiveBackController] })
export class GiveBackPageModule {}
