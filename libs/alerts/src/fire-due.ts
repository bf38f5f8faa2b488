import { randomUUIDv7 } from 'node:crypto';
import type { Policies, PolicyInForce, Versions } from '#deadlines';
import {
  nextRepeat,
  nextServiceRepeat,
  SERVICE_DEADLINES,
  urgency,
  type AlertGroup,
  type ArmedStep,
  type Rating,
  type ServiceDeadline,
} from '#domain';
import type { Logger } from '#platform';
import { type ChannelsInUse, loadRota, type LoadedRota } from '#rota';
import {
  Alert,
  DeadlineStep,
  isDatabaseAway,
  rowsOf,
  type Database,
  type Deadline,
  type RowsOf,
  type Transaction,
} from '#store';
import { deliveryRows, loopbackRow } from './delivery-rows.ts';

/** As many steps as one transaction fires: enough to be quick, few enough to lock nobody out for long. */
const BATCH = 500;
/** A step that cannot be fired holds nobody up for this long; then it is tried again. */
const SET_ASIDE_MS = 60_000;

interface Batch {
  readonly taken: number;
  readonly fired: number;
  readonly hasRed: boolean;
}

const NOTHING: Batch = { taken: 0, fired: 0, hasRed: false };

interface DueStep extends ArmedStep, Versions {
  readonly id: string;
  readonly deadlineId: string;
  readonly referralId: string | null;
  readonly kind: Deadline['kind'];
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly fired: boolean;
}

/**
 * Fires every step that is due by the database's clock: each becomes one alert with its deliveries, and a repeating
 * step arms the next, all in one transaction. Safe to call at any time, from anywhere, any number of times at once.
 */
export class FireDue {
  /** Steps that could not be fired, and since when, on this process's own monotonic clock. */
  private readonly setAside = new Map<string, number>();

  /** @param onFired called after the commit of a batch with reds, and at the end: what was fired is sent at once */
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly channels: ChannelsInUse,
    private readonly log: Logger,
    private readonly onFired: () => void = () => undefined,
  ) {}

  /** @returns how many alerts were fired, most urgent first */
  async execute(): Promise<number> {
    this.forgetSetAside();
    let total = 0;
    for (let taken = BATCH; taken === BATCH;) {
      const batch = await this.fireBatch(BATCH);
      taken = batch.taken;
      total += batch.fired;
      if (batch.hasRed) this.onFired();
    }
    if (total > 0) this.onFired();
    return total;
  }

  /** One step that cannot be fired must not keep the others of its batch from being fired. */
  private async fireBatch(size: number): Promise<Batch> {
    try {
      return await this.database.transaction((tx) => this.fire(tx, size));
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
        const one = await this.database.transaction((tx) => this.fire(tx, 1, (id) => (step = id)));
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

  private async fire(
    tx: Transaction,
    size: number,
    trying: (stepId: string) => void = () => undefined,
  ): Promise<Batch> {
    const due = await takeDueSteps(tx, size, [...this.setAside.keys()]);
    if (due.length === 0) return NOTHING;
    trying(due[0]!.id);
    const { calendar } = await this.policies.inForce(tx);
    const rota = await loadRota(tx, calendar, this.channels);
    const fired = due.filter((step) => step.fired);
    const rows: RowsOf[] = [];
    for (const step of fired) {
      rows.push(...this.rowsFor(tx, step, rota));
      if (step.repetition > 0) rows.push(nextRow(await this.policies.of(step, tx), step, tx.now));
    }
    await tx.insert(...together(rows));
    return { taken: due.length, fired: fired.length, hasRed: fired.some(({ rating }) => rating === 'red') };
  }

  private rowsFor(tx: Transaction, step: DueStep, { duty, people }: LoadedRota): readonly RowsOf[] {
    const { id, deadlineId, referralId, rating, dueAt, at: stepAt } = step;
    const firedAt = tx.now;
    const told = step.kind === 'canary' ? NOBODY : duty.whoAnswers(step.tell, firedAt);
    if (step.kind !== 'canary' && told.people.length === 0)
      this.log.error({ alert: id }, 'an alert has nobody to go to: give last_resort a person');
    const recipients = told.people.map((personId) => people.get(personId)!);
    const alert = { id, urgency: urgency(rating), firedAt };
    return [
      rowsOf(Alert, { id, deadlineId, referralId, rating, dueAt, stepAt, firedAt, told: told.groups }),
      step.kind === 'canary' ? loopbackRow(alert) : deliveryRows(alert, recipients, step.ladder, this.channels),
    ];
  }

  private forgetSetAside(): void {
    for (const [id, since] of this.setAside) {
      if (performance.now() - since > SET_ASIDE_MS) this.setAside.delete(id);
    }
  }
}

const NOBODY: { readonly groups: readonly AlertGroup[]; readonly people: readonly string[] } = {
  groups: [],
  people: [],
};

/** The repeat that follows, under the versions that armed the deadline. */
function nextRow({ policy, calendar }: PolicyInForce, step: DueStep, now: Temporal.Instant): RowsOf {
  const next = isServiceDeadline(step.kind)
    ? nextServiceRepeat(calendar, step.kind, step, now)
    : nextRepeat(policy, calendar, step.rating, step, now);
  if (next === null) return rowsOf(DeadlineStep);
  const { position, repetition, at, onlyIfUnclaimed, tell, ladder } = next;
  return rowsOf(DeadlineStep, {
    id: randomUUIDv7(),
    deadlineId: step.deadlineId,
    ...{ position, repetition, at, onlyIfUnclaimed, tell, ladder },
    urgency: urgency(step.rating),
    fireAt: at,
    state: 'waiting' as const,
  });
}

function isServiceDeadline(kind: Deadline['kind']): kind is ServiceDeadline {
  return (SERVICE_DEADLINES as readonly string[]).includes(kind);
}

/**
 * Marks the most urgent due steps as fired, or as not needed where their condition does not hold. Rows that another
 * process fires, or that a decision is ending at this moment, are left to it. A decision cannot end the repeat that a
 * firing under way has yet to commit: such a step is found here, when it is due, on a deadline that has ended. The
 * steps are named by an array, so that rows are looked up: a join makes PostgreSQL read every step there is.
 */
async function takeDueSteps(tx: Transaction, size: number, setAside: readonly string[]): Promise<readonly DueStep[]> {
  const due = (urgency: number, room: string) => `
    SELECT id FROM deadline_step
    WHERE state = 'waiting' AND urgency = ${urgency} AND fire_at <= $1 AND id <> ALL($3::uuid[])
    ORDER BY fire_at LIMIT ${room} FOR NO KEY UPDATE SKIP LOCKED`;
  return tx.rows<DueStep>(
    `WITH red AS (${due(1, '$2::int')}),
       amber AS (${due(2, '$2::int - (SELECT count(*) FROM red)')}),
       green AS (${due(3, '$2::int - (SELECT count(*) FROM red) - (SELECT count(*) FROM amber)')}),
       due AS (SELECT id FROM red UNION ALL SELECT id FROM amber UNION ALL SELECT id FROM green)
     UPDATE deadline_step s
     SET state = CASE WHEN d.state <> 'open' OR (s.only_if_unclaimed AND r.claimed_by IS NOT NULL)
       THEN 'not_needed' ELSE 'fired' END
     FROM deadline d LEFT JOIN referral r ON r.id = d.referral_id
     WHERE s.id = ANY(ARRAY(SELECT id FROM due)) AND d.id = s.deadline_id
     RETURNING s.id, s.deadline_id AS "deadlineId", d.referral_id AS "referralId", d.kind, s.position, s.repetition,
       s.at, s.only_if_unclaimed AS "onlyIfUnclaimed", s.tell, s.ladder, d.rating, d.due_at AS "dueAt",
       s.state = 'fired' AS fired, d.policy_version AS "policyVersion", d.calendar_version AS "calendarVersion"`,
    [tx.now, size, setAside],
  );
}

/** One entry a table, so that a batch is one statement. */
function together(rows: readonly RowsOf[]): readonly RowsOf[] {
  const byTable = Map.groupBy(rows, ({ table }) => table);
  return [...byTable].map(([table, parts]) => ({ table, rows: parts.flatMap((part) => part.rows) }));
}
