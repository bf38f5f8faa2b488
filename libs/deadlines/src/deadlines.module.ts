import { Global, Module } from '@nestjs/common';
import { BankHolidayWatch } from './bank-holiday-watch.ts';
import { HubTime } from './hub-time.ts';
import { Policies } from './policies.ts';
import { PreviewVersion } from './versions/preview-version.ts';
import { PublishVersion } from './versions/publish-version.ts';
import { ReadVersions } from './versions/read-versions.ts';

/** The policy, the calendar and their versions, for every part of an app. */
@Global()
@Module({
  providers: [
    Policies,
    BankHolidayWatch,
    PreviewVersion,
    PublishVersion,
    ReadVersions,
    {
      provide: HubTime,
      useFactory: async (policies: Policies) => new HubTime((await policies.inForce()).calendar.timeZone),
      inject: [Policies],
    },
  ],
  exports: [Policies, BankHolidayWatch, PreviewVersion, PublishVersion, ReadVersions, HubTime],
})
export class DeadlinesModule {}
