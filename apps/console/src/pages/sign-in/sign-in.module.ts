import { Module } from '@nestjs/common';
import { IdentityProvider } from './identity-provider.ts';
import { SignInController } from './sign-in.controller.ts';

@Module({ controllers: [SignInController], providers: [IdentityProvider] })
export class SignInModule {}
