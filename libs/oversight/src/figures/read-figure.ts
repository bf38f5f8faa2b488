import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies, type PolicyInForce } from '#deadlines';
import {
  ALERT_MEASURES,
  alertGroupOf,
  countRows,
  groupsOf,
  isAlertBreakdown,
  isBreakdown,
  measureOf,
  type AlertStanding,
  type Measure,
  type Moment,
  type Standing,
  type Tallies,
} from '#domain';
import { Refused } from '#platform';
import { Database, type Transaction } from '#store';
import { alertStandings } from '../alerts/alert-standings.ts';
import { startOfDay } from '../months/start-of-day.ts';
import { peopleManagedBy } from '../people/people-managed-by.ts';
import { Standings, type Cohort } from '../standings/standings.ts';
import { linesOf, type FigureOfAlerts, type FigureOfReferrals, type LabelledLine, type Period } from './figure.ts';
import { namesOf } from './labels.ts';

/** Which figure of a measure is asked for. */
export interface FigureAddress {
  /** Null for the referrals that are open, whenever they were received; other measures need a period. */
  readonly period: Period | null;
  /** An instant that is not to come; null for now. */
  readonly asOf: Temporal.Instant | null;
  /** A breakdown; null for the figure of all alone. */
  readonly by: string | null;
}

interface Asked extends FigureAddress {
  readonly asOf: Temporal.Instant;
  readonly inForce: PolicyInForce;
  /** The people whom a figure by person may name; null for another figure. */
  readonly managed: ReadonlySet<string> | null;
}

/** A figure as of an instant, counted from the referrals or alerts of its cohort, with them. */
@Injectable()
export class ReadFigure {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly standings: Standings,
  ) {}

  /**
   * @param reads the rows as well as the figure: then the record says so, with their number
   * @throws Refused `not-found` for a measure that is not there, or a breakdown by person for who may not see it;
   * `figure-not-understood`, `figure-needs-a-period`, `figure-of-the-future`
   */
  async execute(
    measure: string,
    address: FigureAddress,
    reads: 'figure' | 'rows',
    by: StaffActor,
  ): Promise<FigureOfReferrals | FigureOfAlerts> {
    // Figures by person are for the managers of these persons: never a table that others read, nor of their own peers.
    if (address.by === 'decider' && !may(by, 'workload:read')) throw new Refused('not-found');
    return this.database.as(by).transaction(async (tx) => {
      const asOf = address.asOf ?? tx.now;
      if (Temporal.Instant.compare(asOf, tx.now) > 0) throw new Refused('figure-of-the-future');
      const inForce = await this.policies.inForceAt(asOf, tx);
      const managed =
        address.by === 'decider' ? new Set((await peopleManagedBy(tx, by.role)).map(({ id }) => id)) : null;
      const asked = { ...address, asOf, inForce, managed };
      const figure = await this.count(tx, measure, asked);
      await tx.insert(
        auditEntry(tx, reads === 'rows' ? 'figure-rows.read' : 'figure.read', null, {
          measure,
          by: address.by,
          from: address.period?.from.toString(),
          to: address.period?.to.toString(),
          asOf: asOf.toString(),
          count: reads === 'rows' ? figure.rows.length : figure.lines.length,
        }),
      );
      return figure;
    });
  }

  private async count(tx: Transaction, id: string, asked: Asked): Promise<FigureOfReferrals | FigureOfAlerts> {
    const ofReferrals = measureOf(id);
    if (ofReferrals !== null) return this.ofReferrals(tx, ofReferrals, asked);
    const ofAlerts = ALERT_MEASURES.find((measure) => measure.id === id);
    if (ofAlerts !== undefined) return this.ofAlerts(tx, ofAlerts, asked);
    throw new Refused('not-found');
  }

  private async ofReferrals(tx: Transaction, measure: Measure, asked: Asked): Promise<FigureOfReferrals> {
    const { by, period, asOf, inForce, managed } = asked;
    if (by !== null && !isBreakdown(by)) throw new Refused('figure-not-understood');
    const cohort = cohortOf(measure, period, inForce.calendar.timeZone);
    const standings = await this.standings.of(tx, cohort, asOf);
    const groups = (one: Standing, at: Moment) =>
      by === null ? [] : groupsOf(by, one, at).filter((code) => managed?.has(code) ?? true);
    const counted = countRows(measure, groups, standings, { asOf, calendar: inForce.calendar });
    return { of: 'referrals', ...(await about(tx, measure, counted, asked)), rows: counted.rows };
  }

  private async ofAlerts(tx: Transaction, measure: Measure<AlertStanding>, asked: Asked): Promise<FigureOfAlerts> {
    const { by, period, asOf, inForce } = asked;
    if (by !== null && !isAlertBreakdown(by)) throw new Refused('figure-not-understood');
    if (period === null) throw new Refused('figure-needs-a-period');
    const fired = await alertStandings(tx, instantsOf(period, inForce.calendar.timeZone), asOf);
    const groups = (alert: AlertStanding) => (by === null ? [] : [alertGroupOf(by, alert)]);
    const counted = countRows(measure, groups, fired, { asOf, calendar: inForce.calendar });
    return { of: 'alerts', ...(await about(tx, measure, counted, asked)), rows: counted.rows };
  }
}

async function about(
  tx: Transaction,
  { id, kind }: Pick<Measure, 'id' | 'kind'>,
  tallies: Tallies,
  { period, asOf, inForce: { policyVersion, calendarVersion } }: Asked,
) {
  const lines = linesOf({ kind }, tallies);
  const names = await namesOf(
    tx,
    lines.map(({ group }) => group),
  );
  const labelled: readonly LabelledLine[] = lines.map((line) => ({
    ...line,
    label: names.get(line.group) ?? line.group,
  }));
  return {
    ...{ measureId: id, isDuration: kind === 'duration', period, asOf, policyVersion, calendarVersion },
    lines: labelled,
  };
}

function instantsOf({ from, to }: Period, timeZone: string) {
  return { from: startOfDay(timeZone, from), to: startOfDay(timeZone, to) };
}

function cohortOf(measure: Measure, period: Period | null, timeZone: string): Cohort {
  if (period !== null) return { received: instantsOf(period, timeZone) };
  if (measure.kind !== 'amount' || !measure.isOfOpen) throw new Refused('figure-needs-a-period');
  return 'open';
}
