import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { retentionFaults, type LeaverRule, type RetentionSchedule } from '#domain';
import { Refused } from '#platform';
import { Database, once, RetentionScheduleVersion, rowsOf } from '#store';
import { scheduleInForce } from './schedule-in-force.ts';

/** What a council says of a class. */
export interface PeriodOfRule {
  readonly name: string;
  readonly years: number;
  readonly looksFirst: boolean;
}

export interface PublishScheduleCommand {
  /** By the names of their classes. A class that is left out stays as it is. */
  readonly periods: readonly PeriodOfRule[];
  /** Left out where it stays as it is. */
  readonly leavers?: LeaverRule;
  readonly reason: string;
  /** The version that the person saw. */
  readonly seen: number;
  readonly formId: string;
  readonly by: StaffActor;
}

/** A senior manager publishes the council's own periods. They hold at once: what is proposed and not due by them is taken back. */
@Injectable()
export class PublishSchedule {
  constructor(private readonly database: Database) {}

  /** @throws Refused `schedule-moved-on`, `schedule-not-right`, or `form-sent-before` */
  async execute({ periods, leavers, reason, seen, formId, by }: PublishScheduleCommand): Promise<void> {
    const form = { id: formId, kind: 'retention-schedule', answers: { periods, leavers, reason } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await tx.lock('publishingVersion', 'retention');
        const { version, schedule: before } = await scheduleInForce(tx);
        if (version !== seen) throw new Refused('schedule-moved-on');
        const schedule = changed(before, periods, leavers ?? before.leavers);
        if (retentionFaults(schedule).length > 0) throw new Refused('schedule-not-right');
        await tx.insert(
          rowsOf(RetentionScheduleVersion, { version: version + 1, schedule, madeBy: by.id, madeAt: tx.now, reason }),
          auditEntry(tx, 'retention.schedule-published', null, { version: version + 1 }),
        );
        return {};
      }),
    );
  }
}

/** @throws Refused `schedule-not-right` for a class that the schedule does not have */
function changed(
  { rules, advice }: RetentionSchedule,
  periods: readonly PeriodOfRule[],
  leavers: LeaverRule,
): RetentionSchedule {
  if (!periods.every(({ name }) => name === advice.name || rules.some((rule) => rule.name === name)))
    throw new Refused('schedule-not-right');
  const of = <R extends { readonly name: string }>(rule: R): R => ({
    ...rule,
    ...periods.find(({ name }) => name === rule.name),
  });
  return { rules: rules.map(of), advice: of(advice), leavers };
}
