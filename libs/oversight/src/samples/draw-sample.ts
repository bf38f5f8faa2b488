import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { drawSample, SAMPLE_SIZE, sampleMonth } from '#domain';
import type { JobPayloads } from '#jobs';
import { Database, rowsOf, Sample, SampleItem, SERVICE, sql, type Transaction } from '#store';
import { decisionsOf } from './population.ts';

/**
 * Draws the dip sample of a month that is over. The seed is made at the draw, when no decision of the month can be
 * changed any more, and kept, so that the sample can be drawn again to the same result.
 */
@Injectable()
export class DrawSample {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * Draws it once: a month that has its sample keeps it.
   *
   * @param month such as `2026-10`
   * @returns how many decisions the sample of the month holds
   * @throws RangeError when it is no month, or not over yet
   */
  async execute(month: string): Promise<number> {
    return this.database.as(SERVICE).transaction((tx) => this.draw(tx, month));
  }

  /** The same as a job. */
  async handle({ month }: JobPayloads['draw-sample'], tx: Transaction): Promise<void> {
    await this.draw(tx, month);
  }

  private async draw(tx: Transaction, month: string): Promise<number> {
    const { calendar } = await this.policies.inForce(tx);
    const times = sampleMonth(calendar, month);
    if (Temporal.Instant.compare(tx.now, times.closedAt) < 0) throw new RangeError(`${month} is not over yet`);
    await tx.lock('drawingSample', month);
    const firstDay = times.firstDay.toString();
    const drawn = await tx.row<{ items: number }>(sql`
      SELECT (SELECT count(*)::int FROM sample_item WHERE sample_id = sample.id) AS items
      FROM sample WHERE month = ${firstDay}::date`);
    if (drawn !== null) return drawn.items;
    const population = await decisionsOf(tx, calendar, times);
    const seed = randomBytes(16).toString('hex');
    const items = drawSample(population, { seed, ...SAMPLE_SIZE });
    const id = randomUUIDv7();
    const sample = { id, month: firstDay, seed, population: population.length, ...SAMPLE_SIZE };
    await tx.insert(
      rowsOf(Sample, { ...sample, drawnAt: tx.now, dueAt: times.dueAt }),
      rowsOf(
        SampleItem,
        ...items.map(({ referralId, decisionId, decidedBy, drawnFor }, index) => ({
          ...{ id: randomUUIDv7(), sampleId: id, position: index + 1 },
          ...{ referralId, decisionId, decidedBy, drawnFor },
        })),
      ),
      auditEntry(tx, 'sample.drawn', null, { month, population: population.length, items: items.length }),
    );
    return items.length;
  }
}
