import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry, type AuditDetails } from '#audit';
import { Database } from '#store';
import type { DecidedFilters } from './decided-filters.ts';
import { countLines, readLines, type DecidedLine } from './decided-lines.ts';
import type { DecidedOrder, PageEnd } from './decided-order.ts';

export interface ReadDecidedCommand {
  readonly filters: DecidedFilters;
  readonly order: DecidedOrder;
  readonly after: PageEnd | null;
  readonly timeZone: string;
  readonly by: StaffActor;
}

export interface DecidedList {
  readonly lines: readonly DecidedLine[];
  /** Where this page ends, when there are more. */
  readonly next: PageEnd | null;
  /** How many there are on all pages; null when there are more than {@link DECIDED_COUNTED}. */
  readonly found: number | null;
  readonly now: Temporal.Instant;
}

/** As many lines as a page shows. */
export const DECIDED_SHOWN = 50;
/** To count more takes longer than a person waits. */
export const DECIDED_COUNTED = 10_000;

/** One page of the decided referrals. On the record: which were asked for and how many were shown. */
@Injectable()
export class ReadDecided {
  constructor(private readonly database: Database) {}

  async execute({ by, ...command }: ReadDecidedCommand): Promise<DecidedList> {
    return this.database.as(by).transaction(async (tx) => {
      const { lines, next } = await readLines(tx, { ...command, atMost: DECIDED_SHOWN, until: tx.now });
      const counted = await countLines(tx, { ...command, atMost: DECIDED_COUNTED + 1, until: tx.now });
      const details = { ...detailsOf(command.filters), lines: lines.length };
      await tx.insert(auditEntry(tx, 'decided.read', null, details));
      return { lines, next, found: counted > DECIDED_COUNTED ? null : counted, now: tx.now };
    });
  }
}

/** The filters as the record has them: codes, days and ids. */
export function detailsOf({ from, to, ...filters }: DecidedFilters): AuditDetails {
  return { ...filters, from: from.toString(), to: to.toString() };
}
