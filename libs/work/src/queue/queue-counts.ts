import { Injectable } from '@nestjs/common';
import { Database, SERVICE, type Transaction } from '#store';
import { countCells, type QueueCells } from './queue-cells.ts';
import type { DayOfHub } from './queue-conditions.ts';

/** All who look within so long share one count. */
const SHARED_MS = 1_000;
/** One that is older is renewed behind the look that finds it so; one that is older than this is waited for. */
const RENEWED_BEHIND_MS = 2_000;

interface Counting extends DayOfHub {
  readonly result: Promise<QueueCells>;
  /** The process's own clock, in milliseconds, since the database's stands still in a test. */
  readonly begunMs: number;
  /** What this process had written, and how often it was told to count anew, before it began. */
  readonly edition: string;
}

/**
 * The counts of the queue, shared among all who look in this process. A count is two seconds old at the most. It is never
 * older than what a person has done through this process, nor than a hint that a page was given.
 */
@Injectable()
export class QueueCounts {
  /** The last that succeeded, and the one that was begun last. */
  private last: (Counting & { readonly cells: QueueCells }) | null = null;
  private latest: Counting | null = null;
  private drops = 0;

  constructor(private readonly database: Database) {}

  /** The counts for a look at an instant of its transaction. */
  async at(tx: Transaction, day: DayOfHub): Promise<QueueCells> {
    const { last } = this;
    const ageMs = last === null ? Infinity : this.ageMs(last, day);
    if (last === null || ageMs >= RENEWED_BEHIND_MS) return this.countNow(tx, day);
    if (ageMs >= SHARED_MS) this.renewBehind(day);
    return last.cells;
  }

  /** Has the next look count anew: a person was told that the queue has changed. */
  drop(): void {
    this.drops++;
  }

  /** On the look's own connection: one that waits for another connection while it holds one may wait for ever. */
  private countNow(tx: Transaction, day: DayOfHub): Promise<QueueCells> {
    const { latest } = this;
    if (latest !== null && this.ageMs(latest, day) < SHARED_MS) return latest.result;
    return this.begin(day, () => countCells(tx, day));
  }

  private renewBehind(day: DayOfHub): void {
    const { latest } = this;
    if (latest !== null && this.ageMs(latest, day) < SHARED_MS) return;
    const count = () => this.database.as(SERVICE).transaction((tx) => countCells(tx, day));
    // Where it fails, the look that finds no count counts for itself, and says why it cannot.
    this.begin(day, count).catch(() => undefined);
  }

  private begin(day: DayOfHub, count: () => Promise<QueueCells>): Promise<QueueCells> {
    const begun = { ...day, begunMs: performance.now(), edition: this.edition() };
    const counting: Counting = { ...begun, result: count() };
    this.latest = counting;
    return counting.result.then(
      (cells) => {
        if (this.latest === counting || this.last === null) this.last = { ...counting, cells };
        return cells;
      },
      (error: unknown) => {
        if (this.latest === counting) this.latest = null;
        throw error;
      },
    );
  }

  /** @returns Infinity for a count that a look must not be given: of another day, before an act, before a hint */
  private ageMs(counting: Counting, { now, tomorrow }: DayOfHub): number {
    const ageMs = now.epochMilliseconds - counting.now.epochMilliseconds;
    if (counting.edition !== this.edition() || !counting.tomorrow.equals(tomorrow)) return Infinity;
    return Math.max(Math.abs(ageMs), performance.now() - counting.begunMs);
  }

  private edition(): string {
    return `${this.database.timesWritten('referral', 'deadline')} ${this.drops}`;
  }
}
