import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Json } from './columns.ts';

/** What the weekly e-mail says: numbers alone. */
export interface SummaryFigures {
  readonly received: number;
  /** Of the referrals that were received in the week: those decided within one working day, of those that are due. */
  readonly inOneDay: { readonly numerator: number; readonly denominator: number; readonly notYetDue: number };
  /** Referrals that are open and over a limit, whenever they were received. */
  readonly overdue: number;
  /** Of the alerts that fired in the week: those not answered within 15 minutes, and all whose time is up. */
  readonly alerts: { readonly notAnswered: number; readonly due: number };
}

/** The summary of the week before a Monday. Append-only. */
@Entity('weekly_summary')
export class WeeklySummary {
  /** The Monday on which it is sent, `YYYY-MM-DD`. */
  @PrimaryColumn({ type: 'date' }) week!: string;
  @Instant() asOf!: Temporal.Instant;
  @Json() figures!: SummaryFigures;
}
