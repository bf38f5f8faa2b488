import { Module } from '@nestjs/common';
import { DiscussionsModule } from '#discussions';
import { OversightDiscussionsController } from './oversight-discussions.controller.ts';

@Module({ imports: [DiscussionsModule], controllers: [OversightDiscussionsController] })
export class OversightDiscussionsPageModule {}
