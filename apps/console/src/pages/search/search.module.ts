import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { ReferralsModule } from '#referrals';
import { DraftsModule } from '#work';
import { SearchController } from './search.controller.ts';

@Module({ imports: [AccessModule, DraftsModule, ReferralsModule], controllers: [SearchController] })
export class SearchPageModule {}
