import {
  atLocalTime,
  localDate,
  rotaGaps,
  WEEKDAYS,
  type AlertGroup,
  type Opening,
  type RotaGap,
  type WorkingCalendar,
} from '#domain';
import type { Policies } from '#deadlines';
import { sql, type Transaction } from '#store';
import type { ChannelsInUse } from './channels-in-use.ts';
import { loadRota } from './load-rota.ts';

/** A duty of a person, or with no group an absence. */
export interface RotaSpan {
  readonly personId: string;
  readonly group: AlertGroup | null;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly kind: 'turn' | 'cover' | 'absence';
}

export interface RotaWeek {
  /** From Monday to Sunday, by the hub's local dates. */
  readonly days: readonly { readonly date: Temporal.PlainDate; readonly opening: Opening | null }[];
  /** That begin in the week, or reach into it from before. */
  readonly spans: readonly RotaSpan[];
  /** From now on: the rota keeps no history of turns. */
  readonly gaps: readonly RotaGap[];
  /** Groups that have no turn at all: all their people answer at every time. */
  readonly withoutTurns: readonly AlertGroup[];
}

const DAYS = 7;

/**
 * The rota of one week: turns as they stand now, cover and absence as they are or were set.
 *
 * @param asked a date of the week; null for the week of now
 */
export async function readRotaWeek(
  tx: Transaction,
  policies: Policies,
  inUse: ChannelsInUse,
  asked: Temporal.PlainDate | null,
): Promise<RotaWeek> {
  const { policy, calendar } = await policies.inForce(tx);
  const { duty } = await loadRota(tx, calendar, inUse);
  const date = asked ?? localDate(calendar, tx.now);
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  const dates = WEEKDAYS.map((_, index) => monday.add({ days: index }));
  const midnight = (day: Temporal.PlainDate) => atLocalTime(calendar, day, '00:00');
  const [start, end] = [midnight(monday), midnight(monday.add({ days: DAYS }))];
  const begins = Temporal.Instant.compare(tx.now, start) > 0 ? tx.now : start;
  const shifts = await tx.rows<{
    group: AlertGroup;
    personId: string;
    weekday: string;
    from: string;
    until: string;
  }>(sql`
    SELECT s.alert_group AS "group", s.staff_member_id AS "personId", s.weekday, s.starts AS "from", s.ends AS "until"
    FROM rota_shift s JOIN staff_member m ON m.id = s.staff_member_id WHERE m.is_active ORDER BY s.starts, s.id`);
  const stretches = await tx.rows<RotaSpan>(sql`
    SELECT staff_member_id AS "personId", alert_group AS "group", starts_at AS "from", ends_at AS "until", 'cover' AS kind
    FROM rota_cover JOIN staff_member m ON m.id = staff_member_id
    WHERE m.is_active AND starts_at < ${end} AND ends_at > ${start}
    UNION ALL
    SELECT staff_member_id, NULL, starts_at, ends_at, 'absence'
    FROM absence JOIN staff_member m ON m.id = staff_member_id WHERE m.is_active AND starts_at < ${end} AND ends_at > ${start} ORDER BY "from"`);
  const turns = dates.flatMap((day, index) =>
    shifts.filter(({ weekday }) => weekday === WEEKDAYS[index]).map((shift) => turnOn(calendar, day, shift)),
  );
  const turning = new Set(shifts.map(({ group }) => group));
  const members = await tx.rows<{ group: AlertGroup }>(
    sql`SELECT DISTINCT unnest(alert_groups) AS "group" FROM staff_member WHERE is_active ORDER BY 1`,
  );
  return {
    days: dates.map((day) => ({ date: day, opening: calendar.openingOn(day) })),
    spans: [...turns, ...stretches],
    gaps: Temporal.Instant.compare(begins, end) < 0 ? rotaGaps(policy, calendar, duty, begins, end) : [],
    withoutTurns: members.map(({ group }) => group).filter((group) => !turning.has(group)),
  };
}

function turnOn(
  calendar: WorkingCalendar,
  day: Temporal.PlainDate,
  shift: { readonly group: AlertGroup; readonly personId: string; readonly from: string; readonly until: string },
): RotaSpan {
  const lastDay = shift.until <= shift.from ? day.add({ days: 1 }) : day;
  return {
    personId: shift.personId,
    group: shift.group,
    from: atLocalTime(calendar, day, shift.from),
    until: atLocalTime(calendar, lastDay, shift.until),
    kind: 'turn',
  };
}
