import { localDate, type Moment } from '#domain';
import { sql, type Difference, type Transaction } from '#store';
import type { PackOf, RecomputationPart } from './evidence.ts';
import { periodOf } from './months-of-pack.ts';

interface Reckoned {
  readonly at: Temporal.Instant;
  readonly asOf: Temporal.Instant;
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/** The proof of the figures: each second reckoning from the period on, and whether its days are closed. */
export async function recomputationOfPack(tx: Transaction, pack: PackOf, moment: Moment): Promise<RecomputationPart> {
  const { asOf, calendar } = moment;
  const { from } = periodOf(pack, calendar.timeZone);
  // The reckoning of a close is made right after it.
  const found = await tx.rows<Reckoned>(sql`
    SELECT at, as_of AS "asOf", compared, differences FROM recomputation
    WHERE as_of >= ${from} AND as_of <= ${asOf} ORDER BY at`);
  const first = Temporal.PlainDate.from(pack.firstMonth);
  const end = Temporal.PlainDate.from(pack.lastMonth).add({ months: 1 });
  const today = localDate(calendar, asOf);
  const ended = Temporal.PlainDate.compare(end, today) < 0 ? end : today;
  const { closed } = (await tx.row<{ closed: number }>(sql`
    SELECT count(*)::int AS closed FROM day_close
    WHERE day >= ${first.toString()}::date AND day < ${ended.toString()}::date AND as_of <= ${asOf}`))!;
  return {
    reckonings: found.map(({ at, asOf: of, compared, differences }) => ({
      ...{ at: at.toString(), asOf: of.toString(), compared, differences: differences.length },
    })),
    differences:
      pack.audience === 'publication'
        ? []
        : found.flatMap(({ at, differences }) => differences.map((one) => ({ ...one, at: at.toString() }))),
    days: Math.max(0, first.until(ended, { largestUnit: 'days' }).days),
    closed,
  };
}
