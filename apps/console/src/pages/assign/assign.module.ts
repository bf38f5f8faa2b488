import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { WorkModule } from '#work';
import { AssignController } from './assign.controller.ts';

@Module({ imports: [AccessModule, WorkModule], controllers: [AssignController] })
export class AssignPageModule {}
