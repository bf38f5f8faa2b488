import { Module } from '@nestjs/common';
import { WorkModule } from '#work';
import { WorkloadController } from './workload.controller.ts';

@Module({ imports: [WorkModule], controllers: [WorkloadController] })
export class WorkloadPageModule {}
