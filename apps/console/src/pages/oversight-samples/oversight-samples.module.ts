import { Module } from '@nestjs/common';
import { SamplesModule } from '#oversight';
import { DraftsModule } from '#work';
import { SamplesController } from './samples.controller.ts';

@Module({ imports: [DraftsModule, SamplesModule], controllers: [SamplesController] })
export class OversightSamplesPageModule {}
