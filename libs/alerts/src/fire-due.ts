import { Inject, Injectable } from '@nestjs/common';
import { Policies, repeatRows, takeDueSteps, type DueSteps, type PolicyInForce } from '#deadlines';
import {
  FOLLOW_UPS,
  nextFollowUpRepeat,
  nextRepeat,
  nextServiceRepeat,
  OVERSIGHT_DEADLINES,
  SERVICE_DEADLINES,
  urgency,
  type Addressee,
  type ArmedStep,
  type FollowUp,
  type OversightDeadline,
  type ServiceDeadline,
} from '#domain';
import { queueAlertDeliveries, SendMessages } from '#messages';
import { LOG, type Logger } from '#platform';
import { CHANNELS_IN_USE, loadRota, type ChannelsInUse, type LoadedRota } from '#rota';
import { Database, isDatabaseAway, SERVICE, type Deadline, type RowsOf, type Transaction } from '#store';
import { aboutWhom } from './about-whom.ts';
import { LOOPBACK, waysOfAlert } from './alert-deliveries.ts';
import { insertAlerts, type AlikeFired } from './insert-alerts.ts';

/** As many steps as one transaction fires: enough to be quick, few enough to keep no other transaction waiting for long. */
const BATCH = 500;
/** A step that cannot be fired holds no other up for this long; then it is tried again. */
const SET_ASIDE_MS = 60_000;

interface Batch {
  readonly fired: number;
  readonly hasRed: boolean;
}

const NOTHING: Batch = { fired: 0, hasRed: false };

/** A batch that has been begun. Neither promise waits for the other's end. */
interface BatchUnderWay {
  /** Whether it took as many steps as a batch has, so that there may be more. Never rejects. */
  readonly isFull: Promise<boolean>;
  readonly stored: Promise<Batch>;
}

/**
 * Fires every step that is due by the database's clock: each becomes one alert with its deliveries, and a repeating
 * step arms the next, all in one transaction. Safe to call at any time, from anywhere, any number of times at once.
 */
@Injectable()
export class FireDue {
  /** Steps that could not be fired, and since when, on this process's own monotonic clock. */
  private readonly setAside = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    @Inject(CHANNELS_IN_USE) private readonly channels: ChannelsInUse,
    private readonly sending: SendMessages,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Fires the most urgent first. While a batch is stored, the next is taken: PostgreSQL works while this process does.
   * The alerts of a batch with reds are sent as soon as it is committed, the others at the end.
   *
   * @returns how many alerts were fired
   */
  async execute(): Promise<number> {
    this.forgetSetAside();
    let total = 0;
    let underWay: BatchUnderWay | null = this.begin();
    while (underWay !== null) {
      const { isFull, stored }: BatchUnderWay = underWay;
      // A savepoint must end before the next begins.
      if (this.database.isInside) await stored;
      const next: BatchUnderWay | null = (await isFull) ? this.begin() : null;
      const { fired, hasRed } = await stored.catch(async (error: unknown) => {
        await next?.stored.catch(() => undefined);
        throw error;
      });
      total += fired;
      if (hasRed) this.sending.nudge();
      underWay = next;
    }
    if (total > 0) this.sending.nudge();
    return total;
  }

  /**
   * Fires a batch within a transaction.
   *
   * @param onTaken is told of the steps before anything can fail
   */
  async fireIn(
    tx: Transaction,
    size = BATCH,
    onTaken: (stepIds: readonly string[]) => void = () => undefined,
  ): Promise<Batch> {
    const due = await takeDueSteps(tx, size, [...this.setAside.keys()]);
    onTaken(due.flatMap(({ ids }) => ids));
    const firing = due.filter(({ fired }) => fired);
    if (firing.length === 0) return NOTHING;
    const { calendar } = await this.policies.inForce(tx);
    const rota = await loadRota(tx, calendar, this.channels);
    const alike = firing.map((steps) => this.alertsOf(tx, steps, rota));
    await insertAlerts(tx, alike);
    await queueAlertDeliveries(tx, alike);
    await tx.insert(...together(await this.repeatsOf(tx, firing)));
    return {
      fired: firing.reduce((sum, { ids }) => sum + ids.length, 0),
      hasRed: firing.some(({ rating }) => rating === 'red'),
    };
  }

  /** One step that cannot be fired must not keep the others of its batch from being fired. */
  private begin(): BatchUnderWay {
    const { promise: isFull, resolve } = Promise.withResolvers<boolean>();
    const firing = this.database
      .as(SERVICE)
      .transaction((tx) => this.fireIn(tx, BATCH, ({ length }) => resolve(length === BATCH)));
    const stored = firing.catch((error: unknown) => {
      if (isDatabaseAway(error)) throw error;
      this.log.error({ error }, 'a batch of alerts could not be fired: its steps are fired one by one');
      return this.fireOneByOne();
    });
    // The promise ends without a fault in every case; the caller that waits for `stored` learns the reason.
    stored.then(
      () => resolve(false),
      () => resolve(false),
    );
    return { isFull, stored };
  }

  private async fireOneByOne(): Promise<Batch> {
    let fired = 0;
    for (let count = 0; count < BATCH; count++) {
      let taken: readonly string[] = [];
      try {
        const one = await this.database.as(SERVICE).transaction((tx) => this.fireIn(tx, 1, (ids) => (taken = ids)));
        if (taken.length === 0) break;
        fired += one.fired;
      } catch (error) {
        const [step] = taken;
        if (isDatabaseAway(error) || step === undefined) throw error;
        this.setAside.set(step, performance.now());
        this.log.error({ step, error }, 'an alert could not be fired; the watchdog counts it until it is');
      }
    }
    return { ...NOTHING, fired };
  }

  /** The alerts of steps that are alike. Whom they tell, and how, is worked out once for all of them. */
  private alertsOf(tx: Transaction, steps: DueSteps, { duty, people }: LoadedRota): AlikeFired {
    const { ids, deadlineIds, referralIds, dueAt, at: stepAt, kind, rating } = steps;
    const alike = { alertIds: ids, deadlineIds, referralIds, dueAt, stepAt, rating, urgency: urgency(rating) };
    if (kind === 'canary') return { ...alike, urgency: 1, told: [], ways: [LOOPBACK] };
    const told = duty.whoIsTold(steps.tell, aboutWhom(steps), tx.now);
    if (told.people.length === 0)
      this.log.error({ alerts: ids }, 'alerts have no person to go to: give last_resort a person');
    const recipients = told.people.map((personId) => people.get(personId)!);
    return { ...alike, told: told.groups, ways: waysOfAlert(recipients, steps.ladder, this.channels) };
  }

  private async repeatsOf(tx: Transaction, firing: readonly DueSteps[]): Promise<readonly RowsOf[]> {
    const rows: RowsOf[] = [];
    for (const steps of firing) {
      const { repeatedAt, deadlineIds, rating } = steps;
      if (repeatedAt === null) continue;
      const next = nextOf(await this.policies.of(steps, tx), steps, { ...steps, at: repeatedAt }, tx.now);
      if (next !== null) rows.push(repeatRows(deadlineIds, rating, next));
    }
    return rows;
  }

  private forgetSetAside(): void {
    for (const [id, since] of this.setAside) {
      if (performance.now() - since > SET_ASIDE_MS) this.setAside.delete(id);
    }
  }
}

/** The repeat that follows, under the versions that armed the deadline; null when none does. */
function nextOf(
  { policy, calendar }: PolicyInForce,
  { kind, rating }: DueSteps,
  step: ArmedStep<Addressee>,
  now: Temporal.Instant,
): ArmedStep<Addressee> | null {
  if (isFollowUp(kind)) return nextFollowUpRepeat(calendar, rating, step, now);
  return isServiceDeadline(kind)
    ? nextServiceRepeat(calendar, kind, step, now)
    : nextRepeat(policy, calendar, rating, step, now);
}

function isFollowUp(kind: Deadline['kind']): kind is FollowUp {
  return (FOLLOW_UPS as readonly string[]).includes(kind);
}

/** A deadline whose repeats no policy says. */
function isServiceDeadline(kind: Deadline['kind']): kind is ServiceDeadline | OversightDeadline {
  return ([...SERVICE_DEADLINES, ...OVERSIGHT_DEADLINES] as readonly string[]).includes(kind);
}

/** One entry a table, so that a batch is one statement. */
function together(rows: readonly RowsOf[]): readonly RowsOf[] {
  const byTable = Map.groupBy(rows, ({ table }) => table);
  return [...byTable].map(([table, parts]) => ({ table, rows: parts.flatMap((part) => part.rows) }));
}
