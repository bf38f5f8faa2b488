import { Module } from '@nestjs/common';
import { AssignController } from './assign.controller.ts';

@Module({ controllers: [AssignController] })
export class AssignModule {}
