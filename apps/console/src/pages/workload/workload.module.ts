import { Module } from '@nestjs/common';
import { WorkloadController } from './workload.controller.ts';

@Module({ controllers: [WorkloadController] })
export class WorkloadModule {}
