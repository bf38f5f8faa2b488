import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { drawSample, sampleMonth } from '#domain';
import { Refused } from '#platform';
import { Database, sql } from '#store';
import { decisionsOf } from './population.ts';

/** Draws the sample of a month again from its stored seed, and compares: the proof that no person chose what is in it. */
@Injectable()
export class RedrawSample {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns whether it is the same, decision by decision and in the same order
   * @throws Refused `not-found` when the month has no sample
   */
  async execute({ month, by }: { month: string; by: StaffActor }): Promise<boolean> {
    return this.database.as(by).transaction(async (tx) => {
      const sample = await tx.row<{ id: string; seed: string; perStratum: number; perDecider: number }>(sql`
        SELECT id, seed, per_stratum AS "perStratum", per_decider AS "perDecider" FROM sample
        WHERE to_char(month, 'YYYY-MM') = ${month}`);
      if (sample === null) throw new Refused('not-found');
      const { calendar } = await this.policies.inForce(tx);
      const population = await tx.overAll((all) => decisionsOf(all, calendar, sampleMonth(calendar, month)));
      const again = drawSample(population, sample).map(({ decisionId }) => decisionId);
      const drawn = await tx.overAll((all) =>
        all.rows<{ decisionId: string }>(sql`
        SELECT decision_id AS "decisionId" FROM sample_item WHERE sample_id = ${sample.id} ORDER BY position`),
      );
      await tx.insert(auditEntry(tx, 'samples.read', null, { month, again: true }));
      return drawn.length === again.length && drawn.every(({ decisionId }, index) => decisionId === again[index]);
    });
  }
}
