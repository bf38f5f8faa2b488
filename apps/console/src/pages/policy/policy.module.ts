import { Module } from '@nestjs/common';
import { PolicyController } from './policy.controller.ts';
import { VersionForms } from './version-forms.ts';

@Module({ controllers: [PolicyController], providers: [VersionForms], exports: [VersionForms] })
export class PolicyPageModule {}
