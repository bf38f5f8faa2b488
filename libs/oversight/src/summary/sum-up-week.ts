import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import { ALERTS_ANSWERED_IN_15_MINUTES, countFigure, firstDueAt, isAtOrBefore, measureOf, type Moment } from '#domain';
import type { JobPayloads } from '#jobs';
import { deliveryRows, queuedDelivery } from '#messages';
import { rowsOf, WeeklySummary, type SummaryFigures, type Transaction } from '#store';
import { alertStandings } from '../alerts/alert-standings.ts';
import { startOfDay } from '../months/start-of-day.ts';
import { Standings } from '../standings/standings.ts';
import { whoWantsSummary } from './who-wants-it.ts';

/** After alerts, as letters to referrers are. */
const AFTER_ALERTS = 3;
const IN_ONE_DAY = measureOf('decided-in-one-working-day')!;

/** The job of the weekly e-mail: counts the week once, and hands a message over to each person who wants it. */
@Injectable()
export class SumUpWeek {
  constructor(
    private readonly policies: Policies,
    private readonly standings: Standings,
  ) {}

  async handle({ week }: JobPayloads['weekly-summary'], tx: Transaction): Promise<void> {
    await tx.lock('planningSummary');
    if ((await tx.one(WeeklySummary, { week }, ['week'])) !== null) return;
    const { calendar } = await this.policies.inForce(tx);
    const monday = Temporal.PlainDate.from(week);
    const start = (day: Temporal.PlainDate) => startOfDay(calendar.timeZone, day);
    const period = { from: start(monday.subtract({ weeks: 1 })), to: start(monday) };
    const figures = await this.count(tx, period, { asOf: tx.now, calendar });
    const recipients = await whoWantsSummary(tx);
    const to = { purpose: 'weekly_summary', week, channel: 'email', urgency: AFTER_ALERTS } as const;
    await tx.insert(rowsOf(WeeklySummary, { week, asOf: tx.now, figures }));
    await tx.insert(deliveryRows(...recipients.map((recipientId) => queuedDelivery({ ...to, recipientId }, tx.now))));
  }

  private async count(
    tx: Transaction,
    period: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
    moment: Moment,
  ): Promise<SummaryFigures> {
    const received = await this.standings.of(tx, { received: period }, moment.asOf);
    const open = await this.standings.of(tx, 'open', moment.asOf);
    const { numerator, denominator, notYetDue } = countFigure(IN_ONE_DAY, null, received, moment).all;
    const alerts = await alertStandings(tx, period, moment.asOf);
    const answers = alerts.map((alert) => ALERTS_ANSWERED_IN_15_MINUTES.count(alert, moment));
    return {
      received: received.length,
      inOneDay: { numerator, denominator, notYetDue },
      overdue: open.filter((one) => isAtOrBefore(firstDueAt(one), moment.asOf)).length,
      alerts: {
        notAnswered: answers.filter((answer) => answer === 'not_met').length,
        due: answers.filter((answer) => answer !== 'not_yet_due').length,
      },
    };
  }
}
