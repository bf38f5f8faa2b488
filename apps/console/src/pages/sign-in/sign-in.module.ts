import { Module } from '@nestjs/common';
import { IdentityProvider } from './identity-provider.ts';
import { SignInController } from './sign-in.controller.ts';
import { TimeOutController } from './time-out.controller.ts';

@Module({ controllers: [SignInController, TimeOutController], providers: [IdentityProvider] })
export class SignInModule {}
