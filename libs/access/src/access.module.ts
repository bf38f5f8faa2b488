import { Module } from '@nestjs/common';
import { AgencyCredentials } from './agency-credentials.ts';
import { Staff } from './staff.ts';

const PROVIDED = [AgencyCredentials, Staff];

/** The agencies and the people of the hub. */
@Module({ providers: PROVIDED, exports: PROVIDED })
export class AccessModule {}
