import { Module } from '@nestjs/common';
import { PolicyController } from './policy.controller.ts';

@Module({ controllers: [PolicyController] })
export class PolicyPageModule {}
