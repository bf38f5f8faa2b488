import { Module } from '@nestjs/common';
import { WorkModule } from '#work';
import { SignOutEverywhere } from '../../shell/session/sign-out-everywhere.ts';
import { PreferencesController } from './preferences.controller.ts';

@Module({ imports: [WorkModule], controllers: [PreferencesController], providers: [SignOutEverywhere] })
export class PreferencesPageModule {}
