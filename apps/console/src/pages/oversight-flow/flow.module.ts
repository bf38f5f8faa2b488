import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { FlowController } from './flow.controller.ts';

@Module({ imports: [OversightModule], controllers: [FlowController] })
export class FlowPageModule {}
