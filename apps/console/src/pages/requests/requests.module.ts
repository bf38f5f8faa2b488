import { Module } from '@nestjs/common';
import { PartnersModule } from '#partners';
import { RequestsController } from './requests.controller.ts';

@Module({ imports: [PartnersModule], controllers: [RequestsController] })
export class RequestsPageModule {}
