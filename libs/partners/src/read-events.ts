import { Injectable } from '@nestjs/common';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { Database, sql } from '#store';
import { KEPT, numberEvents } from './number-events.ts';
import { ownEvents, type OwnEvent } from './own-events.ts';

export interface ReadEventsQuery {
  /** The place of the last event that the agency has; 0 for none. */
  readonly after: number;
  /** The most that are returned, from 1. */
  readonly limit: number;
  readonly by: AgencyActor;
}

/** What has happened to an agency's own referrals, and what the hub asks it, in the order of its list. */
@Injectable()
export class ReadEvents {
  constructor(private readonly database: Database) {}

  /** An answer that has no event shows nothing, and is not on the record: programs ask every few seconds. */
  async execute({
    after,
    limit,
    by,
  }: ReadEventsQuery): Promise<{ readonly events: readonly OwnEvent[]; readonly hasMore: boolean }> {
    const mayAnswer = by.scopes.includes('information:answer');
    return this.database.as(by).transaction(async (tx) => {
      const mayHaveMore = await numberEvents(tx, by.id);
      const which = sql`e.position > ${after} AND e.occurred_at > ${tx.now.subtract(KEPT)}`;
      const found = await tx.rows<OwnEvent>(ownEvents(by.id, mayAnswer, which, limit + 1));
      const events = found.slice(0, limit);
      if (events.length > 0) await tx.insert(auditEntry(tx, 'events.read', null, { lines: events.length }));
      return { events, hasMore: found.length > limit || mayHaveMore };
    });
  }
}
