import { Module } from '@nestjs/common';
import { DecisionsModule } from '#decisions';
import { SignOffController } from './sign-off.controller.ts';

@Module({ imports: [DecisionsModule], controllers: [SignOffController] })
export class SignOffPageModule {}
