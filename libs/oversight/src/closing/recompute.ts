import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import { atLocalTime, localDate } from '#domain';
import { Recomputation, rowsOf, sql, type Difference, type FigureLine, type Transaction } from '#store';
import { MONTHS_SHOWN } from '../months/months-shown.ts';
import { linesByAnotherWay, spreadsByAnotherWay } from './figures-by-another-way.ts';

interface Shown {
  readonly measure: string;
  readonly month: string;
  readonly lines: Readonly<Record<string, FigureLine>>;
}

/** Reckons what pages show a second time, and keeps every difference: a broken invariant, which the watchdog alerts. */
@Injectable()
export class Recompute {
  constructor(private readonly policies: Policies) {}

  /** @returns how many figures differ */
  async execute(tx: Transaction): Promise<number> {
    const { calendar } = await this.policies.inForce(tx);
    const first = localDate(calendar, tx.now)
      .with({ day: 1 })
      .subtract({ months: MONTHS_SHOWN - 1 });
    const { timeZone } = calendar;
    const period = { from: atLocalTime(calendar, first, '00:00'), asOf: tx.now, timeZone };
    const shown = await keptSince(tx, first.toString());
    const moved = await monthsActedInNow(tx, period);
    const lines = await linesByAnotherWay(tx, period);
    const spreads = await spreadsByAnotherWay(tx, period);
    const compared = [
      ...lines
        .filter(({ month }) => !moved.has(month))
        .map(({ measure, month, group, numerator, denominator, notYetDue }) =>
          compare(shown, { measure, month, group }, [numerator, denominator, notYetDue], (line) => line.slice(0, 3)),
        ),
      ...spreads
        .filter(({ month }) => !moved.has(month))
        .map(({ month, group, median, p90 }) =>
          compare(shown, { measure: 'time-to-decision', month, group }, [median, p90], (line) => line.slice(3, 5)),
        ),
    ];
    const differences = compared.filter((one) => one !== null);
    await tx.insert(
      rowsOf(Recomputation, {
        ...{ id: randomUUIDv7(), at: tx.now, asOf: tx.now, compared: compared.length, differences },
      }),
    );
    return differences.length;
  }
}

/**
 * The months in which a person acts at this very moment: the second reckoning would see the act, and the figures do not.
 * They are compared the next night.
 */
async function monthsActedInNow(
  tx: Transaction,
  { asOf, timeZone }: { asOf: Temporal.Instant; timeZone: string },
): Promise<ReadonlySet<string>> {
  const found = await tx.rows<{ month: string }>(sql`
    SELECT DISTINCT date_trunc('month', received_at AT TIME ZONE ${timeZone})::date AS month FROM referral
    WHERE last_changed_at >= ${asOf.subtract({ seconds: 30 })}`);
  return new Set(found.map(({ month }) => month));
}

type Place = Pick<Difference, 'measure' | 'month' | 'group'>;

function compare(
  shown: ReadonlyMap<string, Shown>,
  place: Place,
  recomputed: readonly (number | null)[],
  part: (line: FigureLine) => readonly (number | null)[],
): Difference | null {
  const line = shown.get(`${place.measure} ${place.month}`)?.lines[place.group];
  const numbers = line === undefined ? [] : part(line);
  const isSame = numbers.length === recomputed.length && numbers.every((one, at) => one === recomputed[at]);
  return isSame ? null : { ...place, shown: numbers, recomputed };
}

async function keptSince(tx: Transaction, month: string): Promise<ReadonlyMap<string, Shown>> {
  const kept = await tx.rows<Shown>(sql`
    SELECT measure, month, lines FROM month_figure
    WHERE broken_by = 'rating' AND NOT is_frozen AND month >= ${month}::date`);
  return new Map(kept.map((one) => [`${one.measure} ${one.month}`, one]));
}
