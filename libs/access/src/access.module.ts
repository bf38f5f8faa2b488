import { Module } from '@nestjs/common';
import { AgencyCredentials } from './agency-credentials.ts';
import { Staff } from './staff.ts';

/** The agencies and the people of the hub. */
@Module({ providers: [AgencyCredentials, Staff], exports: [AgencyCredentials, Staff] })
export class AccessModule {}
