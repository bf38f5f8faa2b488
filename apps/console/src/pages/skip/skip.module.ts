import { Module } from '@nestjs/common';
import { SkipController } from './skip.controller.ts';

@Module({ controllers: [SkipController] })
export class SkipModule {}
