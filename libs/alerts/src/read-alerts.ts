import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Addressee, AlertGroup, Rating } from '#domain';
import { showOnConsole } from '#messages';
import { Database, type Deadline, type ReferralStatus, sql } from '#store';
import { IS_UNACKNOWLEDGED, waitsFor } from './waiting-alerts.ts';

/** A referral that people have been alerted about and that is not decided. */
export interface OpenAlert {
  readonly reference: string;
  readonly status: ReferralStatus;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly holder: string | null;
  /** How many alerts its chain has fired, and the last of them. */
  readonly fired: number;
  readonly lastFiredAt: Temporal.Instant;
  readonly told: readonly AlertGroup[];
  readonly acknowledgedBy: string | null;
  readonly pausedUntil: Temporal.Instant | null;
  /** Whether an alert has fired since the last acknowledgement. */
  readonly isUnacknowledged: boolean;
  /** Whether it also told the person who reads. */
  readonly waitsForYou: boolean;
}

/** More lines than these no person reads. Both lists begin with the most urgent. */
const MOST_OF_A_LIST = 200;

/** Something about the service itself, or of oversight, that people have been alerted about and that is not right yet. */
export interface ServiceAlert {
  readonly kind: Deadline['kind'];
  readonly subject: string;
  readonly lastFiredAt: Temporal.Instant;
  readonly told: readonly Addressee[];
}

export interface OpenAlerts {
  readonly alerts: readonly OpenAlert[];
  /** How many of all, listed or not, wait for the person who reads, and how many no person has acknowledged. */
  readonly waiting: { readonly forYou: number; readonly inHub: number };
  readonly service: readonly ServiceAlert[];
  readonly now: Temporal.Instant;
}

/** What is overdue or about to be and no person has decided: what waits for the reader first, then the most urgent. */
@Injectable()
export class ReadAlerts {
  constructor(private readonly database: Database) {}

  async execute({ by }: { by: StaffActor }): Promise<OpenAlerts> {
    return this.database.as(by).transaction(async (tx) => {
      const alerts = await tx.rows<OpenAlert>(
        sql`SELECT r.reference, r.status, d.rating, d.due_at AS "dueAt", holder.name AS holder, fired.count AS fired,
           fired.last AS "lastFiredAt", latest.told, acknowledger.name AS "acknowledgedBy",
           d.paused_until AS "pausedUntil", ${IS_UNACKNOWLEDGED} AS "isUnacknowledged",
           ${waitsFor(by)} AS "waitsForYou"
         FROM deadline d
         JOIN referral r ON r.id = d.referral_id
         LEFT JOIN staff_member holder ON holder.id = r.claimed_by
         JOIN LATERAL (SELECT count(*)::int AS count, max(fired_at) AS last FROM alert
           WHERE referral_id = r.id AND deadline_id = d.id) fired ON fired.count > 0
         JOIN LATERAL (SELECT id, told FROM alert WHERE referral_id = r.id AND deadline_id = d.id
           ORDER BY fired_at DESC, id DESC LIMIT 1) latest ON true
         LEFT JOIN acknowledgement latest_ack ON latest_ack.alert_id = latest.id
         LEFT JOIN staff_member acknowledger ON acknowledger.id = latest_ack.acknowledged_by
         WHERE d.kind = 'decision' AND d.state = 'open'
         ORDER BY "waitsForYou" DESC, d.urgency, d.due_at, r.id LIMIT ${MOST_OF_A_LIST}`,
      );
      const waiting = await tx.row<OpenAlerts['waiting']>(sql`
        SELECT count(*) FILTER (WHERE ${waitsFor(by)}) AS "forYou", count(*) FILTER (WHERE ${IS_UNACKNOWLEDGED}) AS "inHub"
        FROM deadline d WHERE d.kind = 'decision' AND d.state = 'open'`);
      const service = await tx.rows<ServiceAlert>(
        sql`SELECT d.kind, d.subject, latest.fired_at AS "lastFiredAt", latest.told
         FROM deadline d JOIN LATERAL (
           SELECT fired_at, told FROM alert WHERE deadline_id = d.id ORDER BY fired_at DESC, id DESC LIMIT 1) latest ON true
         WHERE d.state = 'open' AND d.referral_id IS NULL AND d.kind <> 'canary'
           -- Of a challenge those learn who may answer it, of supervision those whom an alert told.
           AND (d.kind NOT IN ('challenge', 'supervision_action')
             OR (d.kind = 'challenge' AND ${may(by, 'challenge:answer')})
             OR EXISTS (SELECT 1 FROM alert a JOIN delivery v ON v.alert_id = a.id
               WHERE a.deadline_id = d.id AND v.recipient_id = ${by.id}))
         ORDER BY d.urgency, latest.fired_at LIMIT ${MOST_OF_A_LIST}`,
      );
      await showOnConsole(tx, by.id);
      await tx.insert(auditEntry(tx, 'alerts.read', null, { lines: alerts.length }));
      return { alerts, waiting: waiting!, service, now: tx.now };
    });
  }
}
