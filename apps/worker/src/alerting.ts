import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AlertMessages, DeadlineEngine, EndUndelivered, FiringModule } from '#alerts';
import { DeadlinesModule } from '#deadlines';
import { FeedbackLetters } from '#feedback';
import { JobsModule } from '#jobs';
import { MessagesModule, SendMessages } from '#messages';
import { WeeklyLetters } from '#oversight';
import { LOG, Loop, nestLogger, PlatformModule, type Logger, WorkerSettings } from '#platform';
import { AcknowledgementLetters, RearmModule, RearmReferrals } from '#referrals';
import { BeginHandover, ChannelsModule, RotaWatchModule, WatchRota } from '#rota';
import { StoreModule } from '#store';
import { KeptFormLetters, RemindOfKeptForms, ReturnLapsedClaims, WorkModule } from '#work';

const POOL = 12;

@Module({})
class AlertingModule {
  static with(settings: WorkerSettings, log: Logger): DynamicModule {
    const messages = MessagesModule.sending([
      AlertMessages,
      AcknowledgementLetters,
      FeedbackLetters,
      KeptFormLetters,
      WeeklyLetters,
    ]);
    return {
      module: AlertingModule,
      imports: [
        PlatformModule.with(WorkerSettings, settings, log),
        StoreModule.connectedTo({ url: settings.DATABASE_URL, pool: POOL, app: 'mash-alerting', isUrgent: true }),
        JobsModule.leavingToSweep(),
        DeadlinesModule,
        ChannelsModule,
        messages,
        FiringModule.with(messages),
        RearmModule,
        RotaWatchModule,
        WorkModule,
      ],
    };
  }
}

/**
 * Everything that must not wait for anything else: firing, sending, and the upkeep of both. Modules of its own, since it
 * has a pool of connections of its own, whose statements may not take long.
 */
export class Alerting {
  private readonly loops: readonly { start(): void; stop(): Promise<void> }[];

  private constructor(private readonly context: INestApplicationContext) {
    const log = context.get<Logger>(LOG, { strict: false });
    const every = (what: string, ms: number, work: { execute(): Promise<unknown> }) =>
      new Loop(what, ms, async () => void (await work.execute()), log);
    this.loops = [
      this.engine,
      context.get(SendMessages, { strict: false }),
      every('re-arming referrals', 2_000, context.get(RearmReferrals, { strict: false })),
      every('ending the alert about alerts', 2_000, context.get(EndUndelivered, { strict: false })),
      every('returning lapsed claims', 5_000, context.get(ReturnLapsedClaims, { strict: false })),
      every('beginning hand-overs', 5_000, context.get(BeginHandover, { strict: false })),
      every('telling of kept forms', 60_000, context.get(RemindOfKeptForms, { strict: false })),
      every('watching the rota', 60_000, context.get(WatchRota, { strict: false })),
    ];
  }

  static async connect(settings: WorkerSettings, log: Logger): Promise<Alerting> {
    const context = await NestFactory.createApplicationContext(AlertingModule.with(settings, log), {
      logger: nestLogger(log),
      abortOnError: false,
    });
    return new Alerting(context);
  }

  get engine(): DeadlineEngine {
    return this.context.get(DeadlineEngine, { strict: false });
  }

  start(): void {
    for (const one of this.loops) one.start();
  }

  /** Nothing new is begun, and the work under way is finished. */
  async stop(): Promise<void> {
    await Promise.all(this.loops.map((one) => one.stop()));
    await this.context.close();
  }
}
