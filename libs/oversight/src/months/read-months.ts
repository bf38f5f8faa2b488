import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { addTallies, isAtOrBefore, localDate, type FigureToCount } from '#domain';
import { Database, type Transaction } from '#store';
import { baselinesBegunBy, type BaselineLine } from '../baselines/baselines.ts';
import { linesOf, type LabelledLine, type Line } from '../figures/figure.ts';
import { namesOf } from '../figures/labels.ts';
import { latestReckoning, type Reckoning } from '../overview/latest-reckoning.ts';
import { UntilNextClose } from '../standings/until-next-close.ts';
import { MonthlyFigures, type ShownMonths } from './monthly-figures.ts';
import { minutesOfADay } from './minutes-of-a-day.ts';

/** The pages that show figures of thirteen months. */
export type PageOfMonths = 'promptness' | 'decisions' | 'safety' | 'agencies' | 'equity';

/** Figures of thirteen months: each month by itself, and all of them together. */
export interface ThirteenMonths extends ShownMonths {
  readonly isNow: boolean;
  /** Each figure over all the months, in the order in which they were asked for; the last line is `all`. */
  readonly whole: readonly (readonly LabelledLine[])[];
  /** The baselines that people had begun by the instant, the latest first. */
  readonly baselines: readonly BaselineLine[];
  readonly minutesOfADay: number;
  readonly reckoning: Reckoning | null;
}

/** Figures of thirteen months, for a page. */
@Injectable()
export class ReadMonths {
  private readonly ofClose = new UntilNextClose<Counted>();

  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly monthly: MonthlyFigures,
  ) {}

  /** @param asked an instant; null, or one that is to come, for the last close */
  async execute(
    page: PageOfMonths,
    figures: readonly FigureToCount[],
    asked: Temporal.Instant | null,
    by: StaffActor,
  ): Promise<ThirteenMonths> {
    return this.database.as(by).transaction(async (tx) => {
      const asOf = asked !== null && isAtOrBefore(asked, tx.now) ? asked : null;
      const { whole, ...months } =
        asOf === null
          ? await this.ofClose.of(tx, page, () => this.count(tx, figures, 'last close'))
          : await this.count(tx, figures, asOf);
      const { calendar } = await this.policies.of(months, tx);
      await tx.insert(auditEntry(tx, 'oversight.read', null, { page, asOf: months.asOf.toString() }));
      return {
        ...months,
        isNow: asOf === null,
        whole: await withNames(tx, whole),
        baselines: await baselinesBegunBy(tx, asOf ?? tx.now),
        minutesOfADay: minutesOfADay(calendar, localDate(calendar, months.asOf)),
        reckoning: await latestReckoning(tx, months.asOf),
      };
    });
  }

  private async count(
    tx: Transaction,
    figures: readonly FigureToCount[],
    at: Temporal.Instant | 'last close',
  ): Promise<Counted> {
    const { months, ...about } = await this.monthly.read(tx, figures, at);
    return {
      ...about,
      months: months.map((month) => ({ ...month, figures: month.figures.map(({ tallies: _, ...shown }) => shown) })),
      whole: figures.map(({ measure }, place) =>
        linesOf(measure, addTallies(months.map((month) => month.figures[place]!.tallies))),
      ),
    };
  }
}

/** What is counted of thirteen months. The tallies, which are large, are left out. */
interface Counted extends ShownMonths {
  readonly whole: readonly (readonly Line[])[];
}

async function withNames(tx: Transaction, whole: Counted['whole']): Promise<ThirteenMonths['whole']> {
  const names = await namesOf(tx, [...new Set(whole.flat().map(({ group }) => group))]);
  return whole.map((lines) => lines.map((line) => ({ ...line, label: names.get(line.group) ?? line.group })));
}
