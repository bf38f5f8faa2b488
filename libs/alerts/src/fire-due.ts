import { Inject, Injectable } from '@nestjs/common';
import { Policies, repeatRows, takeDueSteps, type DueStep, type PolicyInForce } from '#deadlines';
import {
  nextRepeat,
  nextServiceRepeat,
  OVERSIGHT_DEADLINES,
  SERVICE_DEADLINES,
  urgency,
  type Addressee,
  type ArmedStep,
  type OversightDeadline,
  type ServiceDeadline,
} from '#domain';
import { SendMessages } from '#messages';
import { LOG, type Logger } from '#platform';
import { CHANNELS_IN_USE, loadRota, type ChannelsInUse, type LoadedRota } from '#rota';
import { Alert, Database, isDatabaseAway, rowsOf, SERVICE, type Deadline, type RowsOf, type Transaction } from '#store';
import { alertDeliveries, loopbackDelivery } from './alert-deliveries.ts';

/** As many steps as one transaction fires: enough to be quick, few enough to keep no other transaction waiting for long. */
const BATCH = 500;
/** A step that cannot be fired holds no other up for this long; then it is tried again. */
const SET_ASIDE_MS = 60_000;

interface Batch {
  readonly taken: number;
  readonly fired: number;
  readonly hasRed: boolean;
}

const NOTHING: Batch = { taken: 0, fired: 0, hasRed: false };

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
   * Fires the most urgent first. The alerts of a batch with reds are sent as soon as it is committed, the others at the
   * end.
   *
   * @returns how many alerts were fired
   */
  async execute(): Promise<number> {
    this.forgetSetAside();
    let total = 0;
    for (let taken = BATCH; taken === BATCH;) {
      const batch = await this.fireBatch();
      taken = batch.taken;
      total += batch.fired;
      if (batch.hasRed) this.sending.nudge();
    }
    if (total > 0) this.sending.nudge();
    return total;
  }

  /** Fires a batch within a transaction. @param trying is told of the first step before anything can fail */
  async fireIn(tx: Transaction, size = BATCH, trying: (stepId: string) => void = () => undefined): Promise<Batch> {
    const due = await takeDueSteps(tx, size, [...this.setAside.keys()]);
    if (due.length === 0) return NOTHING;
    trying(due[0]!.id);
    const { calendar } = await this.policies.inForce(tx);
    const rota = await loadRota(tx, calendar, this.channels);
    const fired = due.filter((step) => step.fired);
    const rows: RowsOf[] = [];
    for (const step of fired) {
      rows.push(...this.rowsFor(tx, step, rota));
      const next = step.repetition > 0 ? nextOf(await this.policies.of(step, tx), step, tx.now) : null;
      if (next !== null) rows.push(repeatRows(step.deadlineId, step.rating, next));
    }
    await tx.insert(...together(rows));
    return { taken: due.length, fired: fired.length, hasRed: fired.some(({ rating }) => rating === 'red') };
  }

  /** One step that cannot be fired must not keep the others of its batch from being fired. */
  private async fireBatch(): Promise<Batch> {
    try {
      return await this.database.as(SERVICE).transaction((tx) => this.fireIn(tx));
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      this.log.error({ error }, 'a batch of alerts could not be fired: its steps are fired one by one');
      return this.fireOneByOne();
    }
  }

  private async fireOneByOne(): Promise<Batch> {
    let fired = 0;
    for (let count = 0; count < BATCH; count++) {
      let step: string | null = null;
      try {
        const one = await this.database.as(SERVICE).transaction((tx) => this.fireIn(tx, 1, (id) => (step = id)));
        if (one.taken === 0) break;
        fired += one.fired;
      } catch (error) {
        if (isDatabaseAway(error) || step === null) throw error;
        this.setAside.set(step, performance.now());
        this.log.error({ step, error }, 'an alert could not be fired; the watchdog counts it until it is');
      }
    }
    return { ...NOTHING, fired };
  }

  private rowsFor(tx: Transaction, step: DueStep, { duty, people }: LoadedRota): readonly RowsOf[] {
    const { id, deadlineId, referralId, rating, dueAt, at: stepAt } = step;
    const firedAt = tx.now;
    const told = step.kind === 'canary' ? NO_PEOPLE : duty.whoIsTold(step.tell, step.ownerId, firedAt);
    if (step.kind !== 'canary' && told.people.length === 0)
      this.log.error({ alert: id }, 'an alert has no person to go to: give last_resort a person');
    const recipients = told.people.map((personId) => people.get(personId)!);
    const alert = { id, urgency: urgency(rating), firedAt };
    return [
      rowsOf(Alert, { id, deadlineId, referralId, rating, dueAt, stepAt, firedAt, told: told.groups }),
      step.kind === 'canary' ? loopbackDelivery(alert) : alertDeliveries(alert, recipients, step.ladder, this.channels),
    ];
  }

  private forgetSetAside(): void {
    for (const [id, since] of this.setAside) {
      if (performance.now() - since > SET_ASIDE_MS) this.setAside.delete(id);
    }
  }
}

const NO_PEOPLE: { readonly groups: readonly Addressee[]; readonly people: readonly string[] } = {
  groups: [],
  people: [],
};

/** The repeat that follows, under the versions that armed the deadline; null when none does. */
function nextOf(
  { policy, calendar }: PolicyInForce,
  step: DueStep,
  now: Temporal.Instant,
): ArmedStep<Addressee> | null {
  return isServiceDeadline(step.kind)
    ? nextServiceRepeat(calendar, step.kind, step, now)
    : nextRepeat(policy, calendar, step.rating, step, now);
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
