import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import { atLocalTime, localDate } from '#domain';
import { Recomputation, rowsOf, sql, type Difference, type FigureLine, type Transaction } from '#store';
import { MONTHS_SHOWN } from '../months/months-shown.ts';
import { linesByAnotherWay, RECKONED_BY, spreadsByAnotherWay } from './figures-by-another-way.ts';

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
    const lines = await linesByAnotherWay(tx, period);
    const spreads = await spreadsByAnotherWay(tx, period);
    // Read last: an act that is committed while the second reckoning reads is in it, and here.
    const moved = await monthsActedInNow(tx, period);
    const compared = [
      ...lines
        .filter(({ month }) => !moved.has(month))
        .map(({ numerator, denominator, notYetDue, ...place }) =>
          shown.compare(place, [numerator, denominator, notYetDue], (line) => line.slice(0, 3)),
        ),
      ...spreads
        .filter(({ month }) => !moved.has(month))
        .map(({ median, p90, ...place }) =>
          shown.compare({ measure: 'time-to-decision', ...place }, [median, p90], (line) => line.slice(3, 5)),
        ),
      ...shown.notReckoned([...lines, ...spreads.map((one) => ({ measure: 'time-to-decision', ...one }))], moved),
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
 * The months in which a person acts, or earlier referrals are found, at this very moment: the second reckoning would see
 * it, and the figures do not. They are compared the next night.
 */
async function monthsActedInNow(
  tx: Transaction,
  { asOf, timeZone }: { asOf: Temporal.Instant; timeZone: string },
): Promise<ReadonlySet<string>> {
  const found = await tx.rows<{ month: string }>(sql`
    WITH changed AS (
      SELECT id FROM referral WHERE last_changed_at >= ${asOf.subtract({ seconds: 30 })}
      -- That earlier referrals are found is no change of the later one.
      UNION SELECT (payload->>'referralId')::uuid FROM job
      WHERE name = 'match-earlier-referrals'
        AND (completed_at IS NULL AND handed_over_at IS NOT NULL OR completed_at >= ${asOf.subtract({ seconds: 30 })}))
    SELECT DISTINCT date_trunc('month', received_at AT TIME ZONE ${timeZone})::date AS month FROM referral
    WHERE id IN (SELECT id FROM changed
      UNION SELECT e.earlier_id FROM earlier_referral e JOIN changed ON changed.id = e.referral_id)`);
  return new Set(found.map(({ month }) => month));
}

/** A figure of one group. */
interface Place extends Pick<Difference, 'measure' | 'month' | 'group'> {
  readonly brokenBy: string;
}

/** The figures that pages show, as they are kept. */
class Shown {
  constructor(private readonly lines: ReadonlyMap<string, ReadonlyMap<string, FigureLine>>) {}

  /** @returns null when both are the same */
  compare(
    place: Place,
    recomputed: readonly (number | null)[],
    part: (line: FigureLine) => readonly (number | null)[],
  ): Difference | null {
    const line = this.lines.get(nameOf(place))?.get(place.group);
    const numbers = line === undefined ? [] : part(line);
    const isSame = numbers.length === recomputed.length && numbers.every((one, at) => one === recomputed[at]);
    return isSame ? null : differenceOf(place, numbers, recomputed);
  }

  /** What is shown of measures that were reckoned, and that the reckoning did not find. */
  notReckoned(reckoned: readonly Place[], moved: ReadonlySet<string>): readonly Difference[] {
    const measures = new Set(reckoned.map(({ measure }) => measure));
    const found = new Set(reckoned.map((place) => `${nameOf(place)} ${place.group}`));
    return [...this.lines].flatMap(([name, lines]) => {
      const [measure, brokenBy, month] = name.split(' ') as [string, string, string];
      if (!measures.has(measure) || moved.has(month)) return [];
      return [...lines]
        .filter(([group, [, denominator, notYetDue]]) => denominator + notYetDue > 0 && !found.has(`${name} ${group}`))
        .map(([group, line]) => differenceOf({ measure, brokenBy, month, group }, line.slice(0, 3), []));
    });
  }
}

const nameOf = ({ measure, brokenBy, month }: Omit<Place, 'group'>) => `${measure} ${brokenBy} ${month}`;

function differenceOf(
  { measure, month, group }: Place,
  shown: readonly (number | null)[],
  recomputed: readonly (number | null)[],
): Difference {
  return { measure, month, group, shown, recomputed };
}

/** The line of all stands beside the groups of each breakdown: it is reckoned once. */
const isOfAll = (group: string, brokenBy: string) => group === 'all' && brokenBy !== 'all';

async function keptSince(tx: Transaction, month: string): Promise<Shown> {
  const kept = await tx.rows<Omit<Place, 'group'> & { lines: Readonly<Record<string, FigureLine>> }>(sql`
    SELECT measure, broken_by AS "brokenBy", month, lines FROM month_figure
    WHERE broken_by = ANY(${RECKONED_BY}) AND NOT is_frozen AND month >= ${month}::date`);
  const linesOf = ({ brokenBy, lines }: (typeof kept)[number]) =>
    new Map(Object.entries(lines).filter(([group]) => !isOfAll(group, brokenBy)));
  return new Shown(new Map(kept.map((one) => [nameOf(one), linesOf(one)])));
}
