import { Module } from '@nestjs/common';
import { ServiceController } from './service.controller.ts';

@Module({ controllers: [ServiceController] })
export class ServiceModule {}
