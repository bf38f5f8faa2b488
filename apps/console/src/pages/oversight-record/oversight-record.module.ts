import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { OversightModule } from '#oversight';
import { OversightRecordController } from './oversight-record.controller.ts';

@Module({ imports: [AccessModule, OversightModule], controllers: [OversightRecordController] })
export class OversightRecordPageModule {}
