import { Module } from '@nestjs/common';
import { ContentRefusals } from '#watchdog';
import { ContentReportsController } from './content-reports.controller.ts';

@Module({ controllers: [ContentReportsController], providers: [ContentRefusals] })
export class ContentReportsModule {}
