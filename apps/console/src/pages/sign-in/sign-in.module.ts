import { Module } from '@nestjs/common';
import { AccessModule, LimitStore, SignInLimit } from '#access';
import { WorkModule } from '#work';
import { SignInController } from './sign-in.controller.ts';
import { TimeOutController } from './time-out.controller.ts';

@Module({
  imports: [AccessModule, WorkModule],
  controllers: [SignInController, TimeOutController],
  providers: [LimitStore, SignInLimit],
})
export class SignInPageModule {}
