import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { OversightDecidedController } from './oversight-decided.controller.ts';

@Module({ imports: [OversightModule], controllers: [OversightDecidedController] })
export class OversightDecidedPageModule {}
