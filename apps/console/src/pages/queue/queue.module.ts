import { Module } from '@nestjs/common';
import { QueueController } from './queue.controller.ts';

@Module({ controllers: [QueueController] })
export class QueueModule {}
