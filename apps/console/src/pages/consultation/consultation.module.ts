import { Module } from '@nestjs/common';
import { ConsultationController } from './consultation.controller.ts';

@Module({ controllers: [ConsultationController] })
export class ConsultationModule {}
