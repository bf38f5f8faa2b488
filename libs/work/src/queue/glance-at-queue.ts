import { Injectable } from '@nestjs/common';
import { may } from '#access';
import { auditEntry } from '#audit';
import { Database } from '#store';
import { foldCells } from './fold-cells.ts';
import { QueueCounts } from './queue-counts.ts';
import { NO_FILTERS } from './queue-view.ts';
import { looksOf, readPage, type Queue, type QueueLine, type ReadQueueCommand } from './read-queue.ts';

/** The page that a person begins with. */
export interface Glance {
  /** The referrals that they hold, the most urgent first; as many as a page shows. */
  readonly held: readonly QueueLine[];
  /** The one that came first of all that no person holds. */
  readonly oldest: QueueLine | null;
  /** For a person who looks after the work of others: the decisions that wait for sign-off, the oldest first. */
  readonly signOff: readonly QueueLine[];
  /** For the same: those that wait for a decision and are overdue, of every rating, the first due before the others. */
  readonly overdue: readonly QueueLine[];
  readonly counts: Queue['counts'];
  readonly now: Temporal.Instant;
}

/** The queue at a glance: a person's own, the oldest that no person holds, and how many there are. */
@Injectable()
export class GlanceAtQueue {
  constructor(
    private readonly database: Database,
    private readonly shared: QueueCounts,
  ) {}

  async execute(command: Pick<ReadQueueCommand, 'by' | 'timeZone'>): Promise<Glance> {
    return this.database.as(command.by).transaction(async (tx) => {
      const looks = looksOf(tx, { ...command, filters: NO_FILTERS });
      const { lines: held } = await readPage(tx, { view: 'mine', order: 'urgency', after: null }, looks);
      const { lines: waiting } = await readPage(tx, { view: 'unclaimed', order: 'oldest', after: null }, looks);
      const isManager = may(command.by, 'decision:sign-off');
      const lines = async (view: 'sign-off' | 'waiting', order: 'oldest' | 'due', due: 'overdue' | null) =>
        isManager
          ? (await readPage(tx, { view, order, after: null }, { ...looks, filters: { ...NO_FILTERS, due } })).lines
          : [];
      const [signOff, overdue] = [await lines('sign-off', 'oldest', null), await lines('waiting', 'due', 'overdue')];
      const { counts } = foldCells(await this.shared.at(tx, looks), 'mine', NO_FILTERS, {
        staffId: command.by.id,
        hidden: new Set(),
      });
      await tx.insert(auditEntry(tx, 'queue.read', null, { view: 'glance', lines: held.length }));
      return { held, oldest: waiting[0] ?? null, signOff, overdue, counts, now: tx.now };
    });
  }
}
