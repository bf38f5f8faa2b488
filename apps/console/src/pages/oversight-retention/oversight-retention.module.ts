import { Module } from '@nestjs/common';
import { RetentionModule } from '#retention';
import { RetentionActsController } from './retention-acts.controller.ts';
import { RetentionController } from './retention.controller.ts';

@Module({ imports: [RetentionModule], controllers: [RetentionController, RetentionActsController] })
export class OversightRetentionPageModule {}
