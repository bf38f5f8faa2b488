import { Module } from '@nestjs/common';
import { PartnersModule } from '#partners';
import { ReferralsModule } from '#referrals';
import { AgenciesController } from './agencies.controller.ts';

@Module({ imports: [PartnersModule, ReferralsModule], controllers: [AgenciesController] })
export class ReferralAgenciesPageModule {}
