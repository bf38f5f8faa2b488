import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#attachments';
import { PartnersModule } from '#partners';
import { ReferralsModule } from '#referrals';
import { DraftsModule } from '#work';
import { OwnFormController } from './own-form.controller.ts';
import { OwnFilesController } from './own-files.controller.ts';
import { OwnReferralPage } from './own-referral-page.ts';
import { OwnReferralsController } from './own-referrals.controller.ts';

@Module({
  imports: [AttachmentsModule, DraftsModule, PartnersModule, ReferralsModule],
  controllers: [OwnFormController, OwnReferralsController, OwnFilesController],
  providers: [OwnReferralPage],
})
export class OwnReferralsPageModule {}
