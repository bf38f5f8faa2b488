import { Module, type DynamicModule, type FactoryProvider, type OnApplicationShutdown } from '@nestjs/common';
import { LOG, type Logger } from '#platform';
import { connectQueueStore } from './connect-queue-store.ts';
import { Courier } from './courier.ts';
import { JobNudge, JobRelay, LeaveToSweep } from './job-relay.ts';
import { JobRunner } from './job-runner.ts';
import { LedgerSweep } from './ledger-sweep.ts';
import { assertEveryJobHasAHandler, JOB_HANDLERS, type JobHandlers } from './catalogue.ts';
import type { QueueStoreSettings } from './queue-store.ts';

/** The ledger of background work. Each app says which part in it is its own. */
@Module({})
export class JobsModule {
  /** An app that adds jobs and has no courier. */
  static leavingToSweep(): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      providers: [{ provide: JobNudge, useClass: LeaveToSweep }],
      exports: [JobNudge],
    };
  }

  /** An app that adds jobs and hands them to BullMQ at once. */
  static handingOver(queueStore: QueueStoreSettings): DynamicModule {
    return { module: HandingOver, global: true, providers: handing(queueStore), exports: HANDING };
  }

  /** A worker. @param handlers what provides the handlers, and the modules that they need */
  static working(
    queueStore: QueueStoreSettings,
    handlers: Pick<FactoryProvider<Partial<JobHandlers>>, 'useFactory' | 'inject'> &
      Pick<DynamicModule, 'imports' | 'providers'>,
  ): DynamicModule {
    const { useFactory, inject = [], imports = [], providers = [] } = handlers;
    return {
      module: HandingOver,
      global: true,
      imports,
      providers: [
        ...handing(queueStore),
        ...providers,
        {
          provide: JOB_HANDLERS,
          useFactory: async (...needed: unknown[]) => {
            const made = await useFactory(...needed);
            assertEveryJobHasAHandler(made);
            return made;
          },
          inject,
        },
        JobRunner,
        LedgerSweep,
      ],
      exports: [...HANDING, JobRunner, LedgerSweep],
    };
  }
}

const HANDING = [Courier, JobRelay, JobNudge];

function handing(queueStore: QueueStoreSettings) {
  return [
    {
      provide: Courier,
      useFactory: async (log: Logger) => new Courier(await connectQueueStore(queueStore), log),
      inject: [LOG],
    },
    JobRelay,
    { provide: JobNudge, useExisting: JobRelay },
  ];
}

/** Lets go of the queue store after everything that hands jobs over has stopped. */
@Module({})
class HandingOver implements OnApplicationShutdown {
  constructor(
    private readonly relay: JobRelay,
    private readonly courier: Courier,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.relay.settled();
    await this.courier.close();
  }
}
