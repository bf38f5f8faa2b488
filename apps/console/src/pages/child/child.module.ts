import { Module } from '@nestjs/common';
import { ChildrenModule } from '#children';
import { ChildController } from './child.controller.ts';

@Module({ imports: [ChildrenModule], controllers: [ChildController] })
export class ChildPageModule {}
