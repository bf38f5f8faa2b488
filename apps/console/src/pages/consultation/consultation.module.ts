import { Module } from '@nestjs/common';
import { ConsultationsController } from './consultation.controller.ts';

@Module({ controllers: [ConsultationsController] })
export class ConsultationModule {}
