import { DeadlineEngine, FireDue } from '#alerts';
import { Policies } from '#deadlines';
import { channelsInUse, Dispatcher, providersOf, RecordOutcome, AskProviders, type Mailer } from '#messages';
import { Loop, type Logger, type WorkerSettings } from '#platform';
import { RearmReferrals } from '#referrals';
import { BeginHandover, WatchRota } from '#rota';
import { createDataSource, Database } from '#store';
import { ReturnLapsedClaims } from '#work';

const POOL = 12;

/** Everything that must not wait for anything else: firing, sending, and the upkeep of both. On a pool of its own. */
export class Alerting {
  private constructor(
    readonly engine: DeadlineEngine,
    private readonly dispatchers: readonly Dispatcher[],
    private readonly upkeep: readonly Loop[],
    private readonly close: () => Promise<void>,
  ) {}

  static async connect(settings: WorkerSettings, mailer: Mailer, log: Logger): Promise<Alerting> {
    const source = await createDataSource({
      url: settings.DATABASE_URL,
      pool: POOL,
      app: 'mash-alerting',
      isUrgent: true,
    }).initialize();
    const database = new Database(source.manager);
    const policies = new Policies(database);
    const { calendar } = await policies.inForce();
    const inUse = channelsInUse(settings);
    const providers = providersOf(settings, mailer);
    const outcome = new RecordOutcome(database, policies, inUse);
    const sender = { consoleUrl: settings.CONSOLE_URL, timeZone: calendar.timeZone };
    const dispatchers = providers.map((provider) => new Dispatcher(database, provider, sender, outcome, log));
    const nudge = () => dispatchers.forEach((dispatcher) => dispatcher.nudge());
    const rearm = new RearmReferrals(database, policies, log);
    const doubt = new AskProviders(database, providers, outcome, log);
    const lapsed = new ReturnLapsedClaims(database);
    const handover = new BeginHandover(database, policies);
    const rota = new WatchRota(database, policies, inUse);
    return new Alerting(
      new DeadlineEngine(database, new FireDue(database, policies, inUse, log, nudge), log),
      dispatchers,
      [
        new Loop('re-arming deadlines', 2_000, () => rearm.execute(), log),
        new Loop('asking after messages', 2_000, () => doubt.execute(), log),
        new Loop('returning lapsed claims', 5_000, () => lapsed.execute(), log),
        new Loop('beginning hand-overs', 5_000, () => handover.execute(), log),
        new Loop('watching the rota', 60_000, () => rota.execute(), log),
      ],
      () => source.destroy(),
    );
  }

  start(): void {
    this.engine.start();
    for (const one of [...this.dispatchers, ...this.upkeep]) one.start();
  }

  /** Nothing new is begun, what runs is finished. */
  async stop(): Promise<void> {
    await Promise.all([this.engine, ...this.upkeep, ...this.dispatchers].map((one) => one.stop()));
    await this.close();
  }
}
