import { Module } from '@nestjs/common';
import { ServiceStateModule } from '#watchdog';
import { ServiceController } from './service.controller.ts';

@Module({ imports: [ServiceStateModule], controllers: [ServiceController] })
export class ServicePageModule {}
