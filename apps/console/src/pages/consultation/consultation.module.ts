import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { ReferralsModule } from '#referrals';
import { DraftsModule } from '#work';
import { ConsultationController } from './consultation.controller.ts';

@Module({ imports: [AccessModule, DraftsModule, ReferralsModule], controllers: [ConsultationController] })
export class ConsultationPageModule {}
