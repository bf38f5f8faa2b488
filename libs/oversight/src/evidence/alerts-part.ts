import {
  ALERT_MEASURES,
  ALERTS_ANSWERED_IN_15_MINUTES,
  alertGroupOf,
  answeredAt,
  countRows,
  type AlertStanding,
  type Moment,
} from '#domain';
import type { Transaction } from '#store';
import { alertStandings } from '../alerts/alert-standings.ts';
import { linesOf } from '../figures/figure.ts';
import { startOfDay } from '../months/start-of-day.ts';
import { wholeLines } from './evidence-lines.ts';
import type { AlertsPart, EvidenceAlert, PackOf } from './evidence.ts';
import { monthsOf } from './months-of-pack.ts';

/** The figures of the alerts that fired in each month, and the alerts that no person answered in time. */
export async function alertsOfPack(tx: Transaction, pack: PackOf, moment: Moment): Promise<AlertsPart> {
  const { timeZone } = moment.calendar;
  const months = [];
  const notAnswered: EvidenceAlert[] = [];
  for (const month of monthsOf(pack)) {
    const period = { from: startOfDay(timeZone, month), to: startOfDay(timeZone, month.add({ months: 1 })) };
    const alerts = await alertStandings(tx, period, moment.asOf);
    const figures = ALERT_MEASURES.map((measure) => {
      const counted = countRows(measure, (alert) => [alertGroupOf('rating', alert)], alerts, moment);
      return { measure: measure.id, lines: wholeLines(linesOf(measure, counted)), frozen: null };
    });
    months.push({ month: month.toString(), figures });
    const late = alerts.filter((alert) => ALERTS_ANSWERED_IN_15_MINUTES.count(alert, moment) === 'not_met');
    notAnswered.push(...late.map(written));
  }
  return { months, notAnswered };
}

function written(alert: AlertStanding): EvidenceAlert {
  const { reference, kind, rating, firedAt, reachedAt } = alert;
  return {
    ...{ reference, kind, rating, firedAt: firedAt.toString() },
    reachedAt: reachedAt?.toString() ?? null,
    answeredAt: answeredAt(alert)?.toString() ?? null,
  };
}
