import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#attachments';
import { ServiceStateModule } from '#watchdog';
import { TryAgain } from '#jobs';
import { BackgroundWorkController } from './background-work.controller.ts';
import { ServiceController } from './service.controller.ts';

@Module({
  imports: [AttachmentsModule, ServiceStateModule],
  controllers: [BackgroundWorkController, ServiceController],
  providers: [TryAgain],
})
export class ServicePageModule {}
