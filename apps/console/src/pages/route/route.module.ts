import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { RoutesModule } from '#routes';
import { RouteController } from './route.controller.ts';

@Module({ imports: [ReferralsModule, RoutesModule], controllers: [RouteController] })
export class RoutePageModule {}
