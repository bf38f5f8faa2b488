import { Module } from '@nestjs/common';
import { WorkModule } from '#work';
import { OwnSessions } from '../../shell/session/own-sessions.ts';
import { SignOutEverywhere } from '../../shell/session/sign-out-everywhere.ts';
import { PreferencesController } from './preferences.controller.ts';

@Module({ imports: [WorkModule], controllers: [PreferencesController], providers: [OwnSessions, SignOutEverywhere] })
export class PreferencesPageModule {}
