import { Module } from '@nestjs/common';
import { WorkModule } from '#work';
import { PreferencesController } from './preferences.controller.ts';

@Module({ imports: [WorkModule], controllers: [PreferencesController] })
export class PreferencesPageModule {}
