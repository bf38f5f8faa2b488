import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { localDate, measureOf } from '#domain';
import { Refused } from '#platform';
import { Baseline, Database, once, rowsOf } from '#store';
import { monthsUpTo } from '../months/months-shown.ts';

export interface BeginBaselineCommand {
  /** The id of a measure. */
  readonly measure: string;
  /** The first month with new limits, such as `2026-10`. */
  readonly month: string;
  /** What was changed. */
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A manager says that something was changed: a measure has new limits from a month on. */
@Injectable()
export class BeginBaseline {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `baseline-of-other-months` when no page shows the month, `not-found`, or `form-sent-before` */
  async execute({ formId, by, ...answers }: BeginBaselineCommand): Promise<void> {
    if (measureOf(answers.measure) === null) throw new Refused('not-found');
    const form = { id: formId, kind: 'baseline', answers: { ...answers } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { calendar } = await this.policies.inForce(tx);
        const month = `${answers.month}-01`;
        const isShown = monthsUpTo(localDate(calendar, tx.now)).some((one) => one.toString() === month);
        if (!isShown) throw new Refused('baseline-of-other-months');
        const id = randomUUIDv7();
        const { measure, reason } = answers;
        await tx.insert(
          rowsOf(Baseline, { id, measure, month, reason, begunBy: by.id, begunAt: tx.now }),
          auditEntry(tx, 'baseline.begun', null, { measure, month: answers.month }),
        );
        return { id };
      }),
    );
  }
}
