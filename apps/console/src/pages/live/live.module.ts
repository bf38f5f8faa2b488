import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { AlertsModule } from '#alerts';
import { ReferralsModule } from '#referrals';
import { WorkModule } from '#work';
import { AlertStream } from './alert-stream.ts';
import { HintStream } from './hint-stream.ts';
import { LiveController } from './live.controller.ts';

@Module({
  imports: [AccessModule, AlertsModule, ReferralsModule, WorkModule],
  controllers: [LiveController],
  providers: [AlertStream, HintStream],
})
export class LivePageModule {}
