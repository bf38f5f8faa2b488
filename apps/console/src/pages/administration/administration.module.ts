import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { WorkModule } from '#work';
import { AgenciesController } from './agencies.controller.ts';
import { CouncilController } from './council.controller.ts';
import { ImportController } from './import.controller.ts';
import { PeopleController } from './people.controller.ts';
import { RolesController } from './roles.controller.ts';
import { SignOutEverywhere } from '../../shell/session/sign-out-everywhere.ts';

@Module({
  imports: [AccessModule, WorkModule],
  controllers: [AgenciesController, CouncilController, ImportController, PeopleController, RolesController],
  providers: [SignOutEverywhere],
})
export class AdministrationPageModule {}
