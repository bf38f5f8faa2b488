import { Module } from '@nestjs/common';
import { WorkModule } from '#work';
import { QueueController } from './queue.controller.ts';

@Module({ imports: [WorkModule], controllers: [QueueController] })
export class QueuePageModule {}
