import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessGuard, DEPENDENCIES, HealthController, NobodyIdentified } from '#access';
import { DeadlinesModule, Policies, BankHolidayWatch } from '#deadlines';
import {
  assertEveryJobHasAHandler,
  Courier,
  JobRelay,
  JobRunner,
  type JobHandlers,
  type QueueStoreSettings,
  LedgerSweep,
} from '#jobs';
import { Mailer } from '#messages';
import type { Dependency, Logger, WorkerSettings } from '#platform';
import { AcknowledgeReferral, linkEarlierReferrals } from '#referrals';
import { SERVICE, Database, StoreModule, sql } from '#store';
import { Alerting } from './alerting.ts';

const HANDLERS = Symbol('what does each job');
/** A worker whose engine has not gone round for this long is not ready. */
const ENGINE_STUCK_MS = 5_000;

@Module({})
export class WorkerModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly alerting: Alerting,
    private readonly sweep: LedgerSweep,
    private readonly courier: Courier,
    private readonly runner: JobRunner,
    private readonly mailer: Mailer,
    private readonly bankHolidays: BankHolidayWatch,
  ) {}

  static with(settings: WorkerSettings, log: Logger, queueStore: QueueStoreSettings): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        StoreModule.connectedTo({ url: settings.DATABASE_URL, pool: settings.DATABASE_POOL, app: 'mash-worker' }),
        DeadlinesModule,
        TerminusModule.forRoot({ logger: false }),
        DiscoveryModule,
      ],
      controllers: [HealthController],
      providers: [
        { provide: Mailer, useFactory: () => new Mailer(settings.SMTP_URL, settings.MAIL_FROM) },
        {
          provide: HANDLERS,
          useFactory: async (mailer: Mailer, policies: Policies): Promise<JobHandlers> => {
            const { calendar } = await policies.inForce();
            const acknowledge = new AcknowledgeReferral(mailer, calendar.timeZone);
            const handlers: JobHandlers = {
              'acknowledge-referral': (payload, tx) => acknowledge.handle(payload, tx),
              'match-earlier-referrals': async ({ referralId }, tx) =>
                void (await linkEarlierReferrals(tx, referralId)),
            };
            return handlers;
          },
          inject: [Mailer, Policies],
        },
        {
          provide: JobRunner,
          useFactory: (database: Database, handlers: Partial<JobHandlers>) => {
            assertEveryJobHasAHandler(handlers);
            return new JobRunner(database, handlers, log);
          },
          inject: [Database, HANDLERS],
        },
        { provide: Courier, useFactory: () => new Courier(queueStore, log) },
        {
          provide: JobRelay,
          useFactory: (database: Database, courier: Courier) => new JobRelay(database, courier, log),
          inject: [Database, Courier],
        },
        {
          provide: LedgerSweep,
          useFactory: (courier: Courier, relay: JobRelay, runner: JobRunner) =>
            new LedgerSweep(courier, relay, runner, log),
          inject: [Courier, JobRelay, JobRunner],
        },
        {
          provide: Alerting,
          useFactory: (mailer: Mailer) => Alerting.connect(settings, mailer, log),
          inject: [Mailer],
        },
        {
          provide: BankHolidayWatch,
          useFactory: (database: Database, policies: Policies) => new BankHolidayWatch(database, policies, log),
          inject: [Database, Policies],
        },
        { provide: APP_GUARD, useFactory: () => new AccessGuard(new NobodyIdentified()) },
        {
          provide: DEPENDENCIES,
          useFactory: (database: Database, courier: Courier, alerting: Alerting): Dependency[] => [
            { name: 'database', answers: () => database.now() },
            { name: 'queueStore', answers: () => courier.isIntact() },
            { name: 'engine', answers: async () => engineTurns(alerting) },
            { name: 'lastResort', answers: () => somebodyOfLastResort(database) },
          ],
          inject: [Database, Courier, Alerting],
        },
      ],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.bankHolidays.start();
    this.courier.work((jobId) => this.runner.run(jobId));
    this.sweep.start();
    this.alerting.start();
  }

  /** Before the database closes: nothing new is begun, what runs is finished. */
  async beforeApplicationShutdown(): Promise<void> {
    this.bankHolidays.stop();
    await Promise.all([this.alerting.stop(), this.sweep.stop()]);
    await this.courier.close();
    this.mailer.close();
  }
}

/** A worker that could fire an alert with nobody to go to is not ready (policy key `outOfHours`). */
async function somebodyOfLastResort(database: Database): Promise<void> {
  const found = await database
    .as(SERVICE)
    .row(sql`SELECT 1 FROM staff_member WHERE is_active AND 'last_resort' = ANY(alert_groups)`);
  if (found === null) throw new Error('the last_resort group has nobody');
}

function engineTurns({ engine }: Alerting): void {
  if (engine.idleMs > ENGINE_STUCK_MS) throw new Error('the engine has stopped');
}
