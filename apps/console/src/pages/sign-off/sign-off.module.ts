import { Module } from '@nestjs/common';
import { SignOffController } from './sign-off.controller.ts';

@Module({ controllers: [SignOffController] })
export class SignOffModule {}
