import { Module } from '@nestjs/common';
import { GiveBackController } from './give-back.controller.ts';

@Module({ controllers: [GiveBackController] })
export class GiveBackModule {}
