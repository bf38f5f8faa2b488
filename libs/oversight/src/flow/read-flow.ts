import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { localDate } from '#domain';
import { Database, sql, type Transaction } from '#store';

/** So many whole weeks are shown, and the one that is not over. */
const WEEKS = 56;

/** What came and went in a week, and what was left. */
export interface Week {
  /** Its Monday, a local date. */
  readonly from: string;
  readonly received: number;
  readonly decided: number;
  readonly openAtEnd: number;
  readonly overdueChildHours: number;
  /** How many of its days are closed. */
  readonly days: number;
}

/** What was open at the opening of a day. */
export interface OpeningOfDay {
  readonly day: string;
  readonly open: number;
}

export interface Flow {
  readonly asOf: Temporal.Instant;
  readonly timeZone: string;
  readonly weeks: readonly Week[];
  /** Of the last two weeks. */
  readonly openings: readonly OpeningOfDay[];
  /** The local days of the last thirteen months on which a red passed its limit undecided, as of the latest close. */
  readonly daysWithLateReds: readonly string[];
  /** Days since the first shown that are not closed: they are a gap, and not nothing. */
  readonly daysMissing: number;
}

/** Received, decided and open by week, from the days as they were closed. */
@Injectable()
export class ReadFlow {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async execute(by: StaffActor): Promise<Flow> {
    return this.database.as(by).transaction(async (tx) => {
      const { calendar } = await this.policies.inForce(tx);
      const today = localDate(calendar, tx.now);
      const monday = today.subtract({ days: today.dayOfWeek - 1 }).subtract({ weeks: WEEKS - 1 });
      const weeks = await weeksSince(tx, monday.toString());
      const first = weeks[0] === undefined ? today : Temporal.PlainDate.from(weeks[0].from);
      const closed = weeks.reduce((sum, { days }) => sum + days, 0);
      await tx.insert(auditEntry(tx, 'oversight.read', null, { page: 'flow', asOf: tx.now.toString() }));
      return {
        ...{ asOf: tx.now, timeZone: calendar.timeZone, weeks },
        daysWithLateReds: await daysWithLateReds(tx, calendar.timeZone),
        openings: await openingsSince(tx, today.subtract({ days: 14 }).toString()),
        daysMissing: weeks.length === 0 ? 0 : Math.max(0, first.until(today, { largestUnit: 'days' }).days - closed),
      };
    });
  }
}

function weeksSince(tx: Transaction, monday: string): Promise<readonly Week[]> {
  return tx.rows<Week>(sql`
    SELECT date_trunc('week', day)::date AS from, sum(received)::int AS received, sum(decided)::int AS decided,
      (array_agg(open_at_end ORDER BY day DESC))[1] AS "openAtEnd",
      sum(overdue_child_hours)::float8 AS "overdueChildHours", count(*)::int AS days
    FROM day_close WHERE day >= ${monday}::date GROUP BY 1 ORDER BY 1`);
}

/** A red is late on the day of its limit, whenever it is decided. */
async function daysWithLateReds(tx: Transaction, timeZone: string): Promise<readonly string[]> {
  const found = await tx.rows<{ day: string }>(sql`
    SELECT DISTINCT (least(due_at, statutory_due_at) AT TIME ZONE ${timeZone})::date AS day
    FROM referral_fact, (SELECT max(as_of) AS close, max(day) AS day FROM day_close) latest
    WHERE rating = 'red' AND received_at >= (latest.day - interval '13 months') AT TIME ZONE ${timeZone}
      AND least(due_at, statutory_due_at) < coalesce(effective_at, latest.close)
    ORDER BY day`);
  return found.map(({ day }) => day);
}

function openingsSince(tx: Transaction, day: string): Promise<readonly OpeningOfDay[]> {
  return tx.rows<OpeningOfDay>(sql`
    SELECT day, open_at_opening AS open FROM day_close
    WHERE day >= ${day}::date AND open_at_opening IS NOT NULL ORDER BY day`);
}
