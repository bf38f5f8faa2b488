import { Module } from '@nestjs/common';
import { WorkModule } from '#work';
import { HoursController } from './hours.controller.ts';
import { WorkloadController } from './workload.controller.ts';

@Module({ imports: [WorkModule], controllers: [WorkloadController, HoursController] })
export class WorkloadPageModule {}
