import { Module } from '@nestjs/common';
import { ChildrenModule } from '#children';
import { AccessModule } from '#access';
import { ReferralsModule } from '#referrals';
import { DraftsModule } from '#work';
import { FindCallMatches } from './call-matches.ts';
import { TelephoneController } from './telephone.controller.ts';

@Module({
  imports: [ChildrenModule, AccessModule, DraftsModule, ReferralsModule],
  controllers: [TelephoneController],
  providers: [FindCallMatches],
})
export class TelephonePageModule {}
