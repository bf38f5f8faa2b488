import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Database } from '#store';
import type { DecidedFilters } from './decided-filters.ts';
import { countLines, readLines, type DecidedLine, type LinesCommand } from './decided-lines.ts';
import type { DecidedOrder, PageEnd } from './decided-order.ts';
import { detailsOf } from './read-decided.ts';

export interface ExportDecidedCommand {
  readonly filters: DecidedFilters;
  readonly timeZone: string;
  readonly by: StaffActor;
}

/** So many are read at once: each reading is a transaction of its own, so that none waits for a slow line. */
const LINES_AT_ONCE = 2_000;
const ALL = 1_000_000_000;

/**
 * All decided referrals of a filter, for a file. The record has their count before the first leaves. What is decided
 * later is not among them.
 */
@Injectable()
export class ExportDecided {
  constructor(private readonly database: Database) {}

  /** @returns the referrals by the instant of the period, the earliest first; read as they are asked for */
  async execute({ filters, timeZone, by }: ExportDecidedCommand): Promise<AsyncIterable<DecidedLine>> {
    const until = await this.database.as(by).transaction(async (tx) => {
      const count = await countLines(tx, { filters, timeZone, atMost: ALL, until: tx.now });
      await tx.insert(auditEntry(tx, 'decided.exported', null, { ...detailsOf(filters), count }));
      return tx.now;
    });
    return this.linesOf({ filters, timeZone, by }, until);
  }

  private async *linesOf(
    { filters, timeZone, by }: ExportDecidedCommand,
    until: Temporal.Instant,
  ): AsyncGenerator<DecidedLine> {
    const order: DecidedOrder = { sort: filters.period, direction: 'ascending' };
    let after: PageEnd | null = null;
    do {
      const command: LinesCommand = { filters, order, after, timeZone, atMost: LINES_AT_ONCE, until };
      const page = await this.database.as(by).transaction((tx) => readLines(tx, command));
      yield* page.lines;
      after = page.next;
    } while (after !== null);
  }
}
