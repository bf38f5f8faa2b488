import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { RoutesModule } from '#routes';
import { EdgeOfCareController } from './edge-of-care.controller.ts';

@Module({ imports: [ReferralsModule, RoutesModule], controllers: [EdgeOfCareController] })
export class EdgeOfCarePageModule {}
