import { Module } from '@nestjs/common';
import { HandoverController } from './handover.controller.ts';

@Module({ controllers: [HandoverController] })
export class HandoverModule {}
