import { Module } from '@nestjs/common';
import { PolicyModule } from '../policy/policy.module.ts';
import { CalendarController } from './calendar.controller.ts';

@Module({ controllers: [CalendarController] })
export class CalendarPageModule {}
