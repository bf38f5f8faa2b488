import { Loop, type Logger } from '#platform';
import type { Database } from '#store';
import { AskProviders } from './ask-providers.ts';
import { Dispatcher } from './dispatcher.ts';
import type { FollowUp } from './follow-up.ts';
import type { Provider } from './provider.ts';
import type { MessagePurpose } from './purpose.ts';
import type { RecordOutcome } from './record-outcome.ts';

const FOLLOW_UP_MS = 1_000;
const ASK_MS = 2_000;

/** The way out of the building: a dispatcher for each provider, and the two loops that look after outcomes. */
export class SendMessages {
  readonly dispatchers: readonly Dispatcher[];
  private readonly askProviders: AskProviders;
  private readonly loops: readonly Loop[];

  constructor(
    database: Database,
    readonly providers: readonly Provider[],
    purposes: readonly MessagePurpose[],
    readonly outcome: RecordOutcome,
    private readonly followUp: FollowUp,
    log: Logger,
  ) {
    this.askProviders = new AskProviders(database, providers, outcome, log);
    const followUps = new Loop('acting on outcomes', FOLLOW_UP_MS, () => followUp.execute(), log);
    this.dispatchers = providers.map(
      (provider) => new Dispatcher(database, provider, purposes, outcome, log, () => followUps.nudge()),
    );
    this.loops = [followUps, new Loop('asking providers', ASK_MS, () => this.askProviders.execute(), log)];
  }

  start(): void {
    for (const one of [...this.dispatchers, ...this.loops]) one.start();
  }

  /** Nothing new is begun, and the messages on their way come to their end. */
  async stop(): Promise<void> {
    await Promise.all([...this.dispatchers, ...this.loops].map((one) => one.stop()));
  }

  /** Says that there may be something to send. Returns at once. */
  nudge(): void {
    for (const dispatcher of this.dispatchers) dispatcher.nudge();
  }

  /** Sends all that is due, and acts on the outcomes: for tests, which wait for it. */
  async sendDue(): Promise<void> {
    for (const dispatcher of this.dispatchers) await dispatcher.sendDue();
    await this.followUp.execute();
  }
}
