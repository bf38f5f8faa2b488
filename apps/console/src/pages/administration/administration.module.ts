import { Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { WorkModule } from '#work';
import { AgenciesController } from './agencies.controller.ts';
import { PeopleController } from './people.controller.ts';

@Module({ imports: [AccessModule, WorkModule], controllers: [AgenciesController, PeopleController] })
export class AdministrationPageModule {}
