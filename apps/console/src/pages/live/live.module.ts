import { Module } from '@nestjs/common';
import { AlertStream } from './alert-stream.ts';
import { HintStream } from './hint-stream.ts';
import { LiveController } from './live.controller.ts';

@Module({ controllers: [LiveController], providers: [AlertStream, HintStream] })
export class LiveModule {}
