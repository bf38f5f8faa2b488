import { Module } from '@nestjs/common';
import { PolicyPageModule } from '../policy/policy.module.ts';
import { CalendarController } from './calendar.controller.ts';

@Module({ imports: [PolicyPageModule], controllers: [CalendarController] })
export class CalendarPageModule {}
