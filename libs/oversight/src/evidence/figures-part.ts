import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import { addTallies, localDate } from '#domain';
import { sql, type FigureLine, type StoredMinutes, type Transaction } from '#store';
import { baselinesBegunBy } from '../baselines/baselines.ts';
import { talliesIn } from '../closing/month-figures.ts';
import { linesOf } from '../figures/figure.ts';
import { minutesOfADay } from '../months/minutes-of-a-day.ts';
import { MonthlyFigures, type Month } from '../months/monthly-figures.ts';
import { lastClose } from '../standings/last-close.ts';
import { publishedLines, wholeLines } from './evidence-lines.ts';
import type { EvidenceFigure, EvidenceMonth, FiguresPart, PackOf } from './evidence.ts';
import { FIGURES_OF_PACK, monthsOf } from './months-of-pack.ts';

interface Frozen {
  readonly month: string;
  readonly measure: string;
  readonly asOf: Temporal.Instant;
  readonly lines: Readonly<Record<string, FigureLine>>;
  readonly minutes: Readonly<Record<string, StoredMinutes>> | null;
}

/** Each measure by rating and month. */
@Injectable()
export class FiguresOfPack {
  constructor(
    private readonly policies: Policies,
    private readonly monthly: MonthlyFigures,
  ) {}

  async make(tx: Transaction, pack: PackOf): Promise<FiguresPart> {
    const { calendar, policyVersion, calendarVersion } = await this.policies.inForceAt(pack.asOf, tx);
    const parts = pack.audience === 'publication' ? await published(tx, pack) : await this.whole(tx, pack);
    return {
      timeZone: calendar.timeZone,
      minutesOfADay: minutesOfADay(calendar, localDate(calendar, pack.asOf)),
      ...{ policyVersion, calendarVersion },
      baselines: (await baselinesBegunBy(tx, pack.asOf)).map(({ measure, month }) => ({ measure, month })),
      ...parts,
    };
  }

  private async whole(tx: Transaction, pack: PackOf): Promise<Pick<FiguresPart, 'months' | 'whole'>> {
    const close = await lastClose(tx);
    const isClose = close !== null && Temporal.Instant.compare(close, pack.asOf) === 0;
    const { months } = await this.monthly.read(tx, FIGURES_OF_PACK, isClose ? 'last close' : pack.asOf);
    const upTo = months.filter(({ month }) => month.toString() <= pack.lastMonth);
    const inPeriod = upTo.filter(({ month }) => month.toString() >= pack.firstMonth);
    return {
      months: upTo.map((month) => monthOf(month, pack.asOf)),
      whole: FIGURES_OF_PACK.map(({ measure }, place) => ({
        measure: measure.id,
        lines: wholeLines(linesOf(measure, addTallies(inPeriod.map(({ figures }) => figures[place]!.tallies)))),
        frozen: null,
      })),
    };
  }
}

function monthOf({ month, isComplete, figures }: Month, asOf: Temporal.Instant): EvidenceMonth {
  return {
    month: month.toString(),
    isComplete,
    asOf: asOf.toString(),
    figures: FIGURES_OF_PACK.map(({ measure }, place): EvidenceFigure => {
      const { lines, frozen } = figures[place]!;
      return {
        measure: measure.id,
        lines: wholeLines(lines),
        frozen: frozen && { at: frozen.at.toString(), numerator: frozen.all[0], denominator: frozen.all[1] },
      };
    }),
  };
}

/** The figures of each month as it was frozen: two states of one month would give small numbers away (ADR 45). */
async function published(tx: Transaction, pack: PackOf): Promise<Pick<FiguresPart, 'months' | 'whole'>> {
  const kept = await tx.rows<Frozen>(sql`
    SELECT month, measure, as_of AS "asOf", lines, minutes FROM month_figure
    WHERE is_frozen AND broken_by = 'rating' AND month BETWEEN ${pack.firstMonth}::date AND ${pack.lastMonth}::date`);
  const months = monthsOf(pack).map((month): EvidenceMonth => {
    const ofMonth = kept.filter((one) => one.month === month.toString());
    return {
      month: month.toString(),
      isComplete: true,
      asOf: ofMonth[0]!.asOf.toString(),
      figures: FIGURES_OF_PACK.flatMap(({ measure }): EvidenceFigure[] => {
        const figure = ofMonth.find((one) => one.measure === measure.id);
        // A measure that was added after the month was frozen has no figure that may be published.
        if (figure === undefined) return [];
        const lines = publishedLines(measure, linesOf(measure, talliesIn(figure)));
        return [{ measure: measure.id, lines, frozen: null }];
      }),
    };
  });
  return { months, whole: null };
}
