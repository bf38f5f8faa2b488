import { Module } from '@nestjs/common';
import { ShiftController } from './shift.controller.ts';

@Module({ controllers: [ShiftController] })
export class ShiftModule {}
