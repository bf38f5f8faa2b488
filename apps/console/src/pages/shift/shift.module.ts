import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { WorkModule } from '#work';
import { ShiftController } from './shift.controller.ts';

@Module({ imports: [AccessModule, WorkModule], controllers: [ShiftController] })
export class ShiftPageModule {}
