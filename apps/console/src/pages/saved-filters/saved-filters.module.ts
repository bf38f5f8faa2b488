import { Module } from '@nestjs/common';
import { WorkModule } from '#work';
import { SavedFiltersController } from './saved-filters.controller.ts';

@Module({ imports: [WorkModule], controllers: [SavedFiltersController] })
export class SavedFiltersPageModule {}
