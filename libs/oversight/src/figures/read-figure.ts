import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { atLocalTime, countFigure, measureOf, type Breakdown, type FigureRow, type Measure } from '#domain';
import { Refused } from '#platform';
import { Database, type Transaction } from '#store';
import { Standings, type Cohort } from '../standings/standings.ts';
import { linesOf, type Figure, type Period } from './figure.ts';

/** Which figure is asked for. */
export interface FigureAsked {
  readonly measure: string;
  /** Null for the referrals that are open, whenever they were received; for other measures a period is needed. */
  readonly period: Period | null;
  /** An instant that is not to come; null for now. */
  readonly asOf: Temporal.Instant | null;
  readonly by: Breakdown | null;
}

/** A figure with the referrals that it was counted from, in the order of their receipt. */
export interface FigureWithRows extends Figure {
  readonly rows: readonly FigureRow[];
}

/** A figure as of an instant, counted from the referrals of its cohort, with them. */
@Injectable()
export class ReadFigure {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly standings: Standings,
  ) {}

  /**
   * @param reads the rows as well as the figure: then the record says so, with their number
   * @throws Refused `not-found` for a measure that is not there, `figure-needs-a-period`, `figure-of-the-future`
   */
  async execute(asked: FigureAsked, reads: 'figure' | 'rows', by: StaffActor): Promise<FigureWithRows> {
    const measure = measureOf(asked.measure);
    if (measure === null) throw new Refused('not-found');
    return this.database.as(by).transaction(async (tx) => {
      const figure = await this.count(tx, measure, asked);
      const { length } = reads === 'rows' ? figure.rows : figure.lines;
      await tx.insert(
        auditEntry(tx, reads === 'rows' ? 'figure-rows.read' : 'figure.read', null, {
          measure: measure.id,
          by: asked.by,
          from: asked.period?.from.toString(),
          to: asked.period?.to.toString(),
          asOf: figure.asOf.toString(),
          count: length,
        }),
      );
      return figure;
    });
  }

  /** A figure within a transaction that has its own entry on the record. */
  async count(tx: Transaction, measure: Measure, asked: Omit<FigureAsked, 'measure'>): Promise<FigureWithRows> {
    const asOf = asked.asOf ?? tx.now;
    if (Temporal.Instant.compare(asOf, tx.now) > 0) throw new Refused('figure-of-the-future');
    const { calendar, policyVersion, calendarVersion } = await this.policies.inForceAt(asOf, tx);
    const cohort = cohortOf(measure, asked.period, calendar.timeZone);
    const standings = await this.standings.of(tx, cohort, asOf);
    const counted = countFigure(measure, asked.by, standings, { asOf, calendar });
    return {
      ...{ measure, by: asked.by, period: asked.period, asOf, policyVersion, calendarVersion },
      lines: linesOf(measure, counted),
      rows: counted.rows,
    };
  }
}

function cohortOf(measure: Measure, period: Period | null, timeZone: string): Cohort {
  if (period !== null) {
    const start = (day: Temporal.PlainDate) => atLocalTime({ timeZone }, day, '00:00');
    return { received: { from: start(period.from), to: start(period.to) } };
  }
  if (measure.kind !== 'amount' || !measure.isOfOpen) throw new Refused('figure-needs-a-period');
  return 'open';
}
