import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { PartnersModule } from '#partners';
import { WorkModule } from '#work';
import { AgenciesController } from './agencies.controller.ts';
import { AgencyPeopleController } from './agency-people.controller.ts';
import { CouncilController } from './council.controller.ts';
import { InvitationController } from './invitation.controller.ts';
import { ImportController } from './import.controller.ts';
import { PeopleController } from './people.controller.ts';
import { RolesController } from './roles.controller.ts';
import { SignOutEverywhere } from '../../shell/session/sign-out-everywhere.ts';
import { ShowAgency } from './show-agency.ts';

@Module({
  imports: [AccessModule, PartnersModule, WorkModule],
  controllers: [
    AgenciesController,
    AgencyPeopleController,
    CouncilController,
    ImportController,
    InvitationController,
    PeopleController,
    RolesController,
  ],
  providers: [ShowAgency, SignOutEverywhere],
})
export class AdministrationPageModule {}
