import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Policies } from '#deadlines';
import { sampleMonth } from '#domain';
import { Database, sql } from '#store';

/** How far the sample of a month is read. */
export interface Sampling {
  /** Whether there is a sample: a month without decisions has one of nothing. */
  readonly isDrawn: boolean;
  readonly drawn: number;
  readonly read: number;
  readonly unread: number;
  /** The unread ones after the sample was due: they were skipped. */
  readonly overdue: number;
}

/** The figures of one month's sampling, for who sums up what is not known. */
@Injectable()
export class ReadSampling {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @param month such as `2026-10`
   * @throws RangeError when it is no month
   */
  async execute({ month, by }: { month: string; by: StaffActor }): Promise<Sampling> {
    return this.database.as(by).transaction(async (tx) => {
      const { calendar } = await this.policies.inForce(tx);
      const { firstDay } = sampleMonth(calendar, month);
      const found = await tx.row<{ drawn: number; read: number; isDue: boolean }>(sql`
        SELECT count(i.id)::int AS drawn, count(g.id)::int AS read, s.due_at <= ${tx.now} AS "isDue"
        FROM sample s LEFT JOIN sample_item i ON i.sample_id = s.id LEFT JOIN sample_grade g ON g.item_id = i.id
        WHERE s.month = ${firstDay.toString()}::date GROUP BY s.id`);
      const { drawn = 0, read = 0, isDue = false } = found ?? {};
      return { isDrawn: found !== null, drawn, read, unread: drawn - read, overdue: isDue ? drawn - read : 0 };
    });
  }
}
