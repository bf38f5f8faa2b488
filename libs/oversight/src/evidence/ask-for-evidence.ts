import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { Policies } from '#deadlines';
import { JobNudge, jobRows } from '#jobs';
import { Refused } from '#platform';
import { Database, EvidencePack, once, rowsOf, sql, type Transaction } from '#store';
import { lastClose } from '../standings/last-close.ts';
import type { Audience } from './evidence.ts';
import { monthsToChoose } from './months-of-pack.ts';

export interface AskForEvidenceCommand {
  /** Such as `2026-10`. */
  readonly from: string;
  /** The last month, which is included. */
  readonly to: string;
  readonly audience: Audience;
  readonly formId: string;
  readonly by: StaffActor;
}

/** Has an evidence pack made: everything in it is as of the last close, or of now while no day is closed. */
@Injectable()
export class AskForEvidence {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly jobs: JobNudge,
  ) {}

  /**
   * @returns the id of the pack
   * @throws Refused `evidence-of-other-months`, `evidence-not-for-publication`
   */
  async execute({ from, to, audience, formId, by }: AskForEvidenceCommand): Promise<string> {
    if (audience === 'inspectorate' && !may(by, 'oversight:rows')) throw new Refused('not-found');
    const form = { id: formId, kind: 'evidence', answers: { from, to, audience } };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const months = { firstMonth: `${from}-01`, lastMonth: `${to}-01` };
        await this.mustBeThere(tx, months);
        if (audience === 'publication') await mustBeFrozen(tx, months);
        const id = randomUUIDv7();
        const asOf = (await lastClose(tx)) ?? tx.now;
        await tx.insert(
          rowsOf(EvidencePack, { id, audience, ...months, askedBy: by.id, askedAt: tx.now, asOf, readyAt: null }),
          jobRows(tx, 'make-evidence', [{ id }], 'green'),
        );
        return { id };
      }),
    );
    this.jobs.nudge();
    return answer.id;
  }

  private async mustBeThere(tx: Transaction, { firstMonth, lastMonth }: Months): Promise<void> {
    const { calendar } = await this.policies.inForce(tx);
    const months = monthsToChoose(calendar.timeZone, tx.now).map(String);
    const areThere = months.includes(firstMonth) && months.includes(lastMonth) && firstMonth <= lastMonth;
    if (!areThere) throw new Refused('evidence-of-other-months');
  }
}

interface Months {
  readonly firstMonth: string;
  readonly lastMonth: string;
}

/** Only figures that do not change any more are published. */
async function mustBeFrozen(tx: Transaction, { firstMonth, lastMonth }: Months): Promise<void> {
  const missing = await tx.row(sql`
    SELECT 1 FROM generate_series(${firstMonth}::date, ${lastMonth}::date, interval '1 month') asked (month)
    WHERE NOT EXISTS (SELECT 1 FROM month_figure f
      WHERE f.month = asked.month::date AND f.measure = 'received' AND f.broken_by = 'rating' AND f.is_frozen)`);
  if (missing !== null) throw new Refused('evidence-not-for-publication');
}
