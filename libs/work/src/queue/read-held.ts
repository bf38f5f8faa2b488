import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Database } from '#store';
import { readPageEnd, type PageEnd } from './queue-order.ts';
import { NO_FILTERS } from './queue-view.ts';
import { looksOf, readPage, type Queue, type QueueLine } from './read-queue.ts';

/** Everything that a person holds, however much that is: for the end of a shift. */
@Injectable()
export class ReadHeld {
  constructor(private readonly database: Database) {}

  async execute({ by, timeZone }: { by: StaffActor; timeZone: string }): Promise<Pick<Queue, 'lines' | 'now'>> {
    return this.database.as(by).transaction(async (tx) => {
      const looks = looksOf(tx, { filters: NO_FILTERS, timeZone, by });
      const lines: QueueLine[] = [];
      let after: PageEnd | null = null;
      do {
        const page: Pick<Queue, 'lines' | 'next'> = await readPage(
          tx,
          { view: 'mine', order: 'urgency', after },
          looks,
        );
        lines.push(...page.lines);
        after = page.next === null ? null : readPageEnd('urgency', page.next);
      } while (after !== null);
      await tx.insert(auditEntry(tx, 'queue.read', null, { view: 'held', lines: lines.length }));
      return { lines, now: tx.now };
    });
  }
}
