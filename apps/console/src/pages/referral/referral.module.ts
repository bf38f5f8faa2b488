import { Module } from '@nestjs/common';
import { ReferralController } from './referral.controller.ts';

@Module({ controllers: [ReferralController] })
export class ReferralModule {}
