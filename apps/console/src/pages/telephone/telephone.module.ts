import { Module } from '@nestjs/common';
import { TelephoneController } from './telephone.controller.ts';

@Module({ controllers: [TelephoneController] })
export class TelephoneModule {}
