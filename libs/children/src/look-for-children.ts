import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { SubmittedChild } from '#domain';
import { Database } from '#store';
import { readAppearances, type Candidate } from './appearances.ts';
import { keyOf } from './child-place.ts';
import { findCandidates } from './find-candidates.ts';

/** Looks for children who are not stored yet, as of a call that is being typed. Each look is on the record as a search. */
@Injectable()
export class LookForChildren {
  constructor(private readonly database: Database) {}

  /** @returns the likeliest of each child first */
  async execute(
    children: readonly SubmittedChild[],
    by: StaffActor,
  ): Promise<{ readonly candidates: readonly Candidate[]; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const on = tx.now.toZonedDateTimeISO('UTC').toPlainDate();
      const found = [];
      for (const child of children) found.push(...(await findCandidates(tx, { child, on, referralId: null })));
      const appearances = await readAppearances(tx, found);
      await tx.insert(auditEntry(tx, 'search.made', null, { fields: ['children'], found: found.length }));
      const candidates = found.map(({ band, reasons, ...place }) => ({
        ...appearances.get(keyOf(place))!,
        band,
        reasons,
      }));
      return { candidates, now: tx.now };
    });
  }
}
