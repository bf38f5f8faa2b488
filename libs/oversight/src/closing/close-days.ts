import { Injectable } from '@nestjs/common';
import { Policies, type PolicyInForce } from '#deadlines';
import { localDate } from '#domain';
import { DayClose, MonthFigure, rowsOf, sql, type Transaction } from '#store';
import { startOfDay } from '../months/start-of-day.ts';
import { lastClose } from '../standings/last-close.ts';
import { Standings } from '../standings/standings.ts';
import { countDay, type InDay } from './day-counts.ts';
import { monthFigures } from './month-figures.ts';
import { receivedInMonth } from './month.ts';
import { monthsToCount } from './months-to-count.ts';
import { Recompute } from './recompute.ts';
import { refreshFacts } from './refresh-facts.ts';

/** A month is frozen by the first close so many days after its end: what changes later shows as a revision (K11). */
const FROZEN_AFTER_DAYS = 10;

/**
 * Closes every local day that has ended and is not closed: works out the facts of what changed, keeps the figures of the
 * months that they belong to, freezes months, and reckons the figures a second time from the record.
 */
@Injectable()
export class CloseDays {
  constructor(
    private readonly policies: Policies,
    private readonly standings: Standings,
    private readonly recompute: Recompute,
  ) {}

  /** Safe to repeat: a day that is closed stays as it was closed. @returns the days that it closed, as local dates */
  async handle(tx: Transaction): Promise<readonly string[]> {
    await tx.lock('closingDays');
    const inForce = await this.policies.inForce(tx);
    const days = await daysToClose(tx, inForce.calendar.timeZone);
    if (days.length === 0) return [];
    await refreshFacts(tx, this.standings, await lastClose(tx));
    await this.close(tx, days, inForce);
    await this.keepFigures(tx, inForce);
    await this.recompute.execute(tx);
    return days.map(String);
  }

  private async close(
    tx: Transaction,
    days: readonly Temporal.PlainDate[],
    { calendar, policyVersion, calendarVersion }: PolicyInForce,
  ): Promise<void> {
    const rows = [];
    let open = await openAtStart(tx, startOfDay(calendar.timeZone, days[0]!));
    for (const day of days) {
      const from = startOfDay(calendar.timeZone, day);
      const to = startOfDay(calendar.timeZone, day.add({ days: 1 }));
      const opensAt = calendar.openingOn(day)?.opensAt ?? null;
      const { counts, left } = countDay(
        [...open, ...(await receivedIn(tx, from, to))],
        { from, to, opensAt },
        calendar,
      );
      rows.push({ ...counts, day: day.toString(), asOf: tx.now, policyVersion, calendarVersion });
      open = left;
    }
    await tx.insert(rowsOf(DayClose, ...rows));
  }

  /** Keeps the figures of the months that may have changed, and freezes those that are old enough. */
  private async keepFigures(tx: Transaction, inForce: PolicyInForce): Promise<void> {
    const { calendar, policyVersion, calendarVersion } = inForce;
    const today = localDate(calendar, tx.now);
    for (const month of await monthsToCount(tx, calendar.timeZone)) {
      const standings = await this.standings.atClose(tx, receivedInMonth(month, calendar.timeZone));
      const about = { month: month.toString(), asOf: tx.now, policyVersion, calendarVersion, isFrozen: false };
      const figures = monthFigures(standings, { asOf: tx.now, calendar });
      await tx.run(sql`DELETE FROM month_figure WHERE month = ${about.month}::date AND NOT is_frozen`);
      await tx.insert(rowsOf(MonthFigure, ...figures.map((figure) => ({ ...figure, ...about }))));
      const freezesOn = month.add({ months: 1 }).add({ days: FROZEN_AFTER_DAYS });
      if (Temporal.PlainDate.compare(freezesOn, today) <= 0) await freeze(tx, about.month);
    }
  }
}

/** Keeps the figures of a month as they are now for good, unless it is frozen already. */
async function freeze(tx: Transaction, month: string): Promise<void> {
  await tx.run(sql`
    INSERT INTO month_figure (month, measure, broken_by, is_frozen, as_of, policy_version, calendar_version, lines)
    SELECT month, measure, broken_by, true, as_of, policy_version, calendar_version, lines FROM month_figure
    WHERE month = ${month}::date AND NOT is_frozen
      AND NOT EXISTS (SELECT 1 FROM month_figure WHERE month = ${month}::date AND is_frozen)`);
}

/** The ended days that are not closed: from the one after the last closed, or from the first receipt. */
async function daysToClose(tx: Transaction, timeZone: string): Promise<readonly Temporal.PlainDate[]> {
  const { first } = (await tx.row<{ first: string | null }>(sql`
    SELECT coalesce((SELECT max(day) + 1 FROM day_close),
      (SELECT (min(received_at) AT TIME ZONE ${timeZone})::date FROM referral)) AS first`))!;
  if (first === null) return [];
  const today = localDate({ timeZone }, tx.now);
  const days: Temporal.PlainDate[] = [];
  let day = Temporal.PlainDate.from(first);
  for (; Temporal.PlainDate.compare(day, today) < 0; day = day.add({ days: 1 })) days.push(day);
  return days;
}

/** The facts of referrals that were received before an instant, and were open then. */
function openAtStart(tx: Transaction, at: Temporal.Instant): Promise<readonly InDay[]> {
  return tx.rows<InDay>(sql`
    SELECT received_at AS "receivedAt", effective_at AS "effectiveAt", rating, due_at AS "dueAt",
      statutory_due_at AS "statutoryDueAt", jsonb_array_length(children) AS children
    FROM referral_fact WHERE received_at < ${at} AND effective_at IS NULL
    UNION ALL
    SELECT received_at, effective_at, rating, due_at, statutory_due_at, jsonb_array_length(children)
    FROM referral_fact WHERE received_at < ${at} AND effective_at >= ${at}`);
}

function receivedIn(tx: Transaction, from: Temporal.Instant, to: Temporal.Instant): Promise<readonly InDay[]> {
  return tx.rows<InDay>(sql`
    SELECT received_at AS "receivedAt", effective_at AS "effectiveAt", rating, due_at AS "dueAt",
      statutory_due_at AS "statutoryDueAt", jsonb_array_length(children) AS children
    FROM referral_fact WHERE received_at >= ${from} AND received_at < ${to}`);
}
