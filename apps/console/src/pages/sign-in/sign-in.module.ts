import { Module } from '@nestjs/common';
import { AccessModule, LimitStore, SignInLimit } from '#access';
import { IdentityProvider } from './identity-provider.ts';
import { SignInController } from './sign-in.controller.ts';
import { TimeOutController } from './time-out.controller.ts';

@Module({
  imports: [AccessModule],
  controllers: [SignInController, TimeOutController],
  providers: [IdentityProvider, LimitStore, SignInLimit],
})
export class SignInPageModule {}
