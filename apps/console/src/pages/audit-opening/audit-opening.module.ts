import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { AuditOpeningController } from './audit-opening.controller.ts';

@Module({ imports: [ReferralsModule], controllers: [AuditOpeningController] })
export class AuditOpeningPageModule {}
