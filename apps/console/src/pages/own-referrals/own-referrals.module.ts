import { Module } from '@nestjs/common';
import { PartnersModule } from '#partners';
import { ReferralsModule } from '#referrals';
import { DraftsModule } from '#work';
import { OwnFormController } from './own-form.controller.ts';
import { OwnReferralsController } from './own-referrals.controller.ts';

@Module({
  imports: [DraftsModule, PartnersModule, ReferralsModule],
  controllers: [OwnFormController, OwnReferralsController],
})
export class OwnReferralsPageModule {}
