import { Global, Module } from '@nestjs/common';
import { Database } from '#store';
import { Policies } from './policies.ts';

/** The policy and the calendar, for every part of an app. */
@Global()
@Module({
  providers: [{ provide: Policies, useFactory: (database: Database) => new Policies(database), inject: [Database] }],
  exports: [Policies],
})
export class DeadlinesModule {}
