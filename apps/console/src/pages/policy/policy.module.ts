import { Module } from '@nestjs/common';
import { WorkModule } from '#work';
import { PolicyController } from './policy.controller.ts';
import { VersionForms } from './version-forms.ts';

@Module({ imports: [WorkModule], controllers: [PolicyController], providers: [VersionForms], exports: [VersionForms] })
export class PolicyPageModule {}
