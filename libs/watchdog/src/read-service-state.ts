import { Injectable } from '@nestjs/common';
import { missingRecordMonths, MONTHS_AHEAD, recordStanding, type RecordStanding } from '#audit';
import { Database, SERVICE, sql, type Finding, type Transaction } from '#store';
import type { ContentRefusal } from './content-refusal.ts';

/** The last round of the watchdog, and whether the watchdog still goes its rounds. */
export interface ServiceState {
  readonly now: Temporal.Instant;
  /** Null when no watchdog has ever looked. */
  readonly round: {
    readonly checkedAt: Temporal.Instant;
    readonly holds: boolean;
    readonly findings: readonly Finding[];
    readonly canaryFiredAt: Temporal.Instant | null;
    readonly canaryLatenessMs: number | null;
    readonly switchFedAt: Temporal.Instant | null;
  } | null;
  /** Whether the last round is too long ago: the watchdog itself is away. */
  readonly isSilent: boolean;
  readonly figures: Figures;
  /** Whether the record is as it was written, as far as that is known. */
  readonly record: RecordStanding;
}

/** The figures of the service at a moment. */
export interface Figures {
  /** Seconds that the oldest due step has waited to be fired; 0 when none waits. */
  readonly oldestUnfiredSeconds: number;
  /** Seconds that the oldest due job has waited. */
  readonly ledgerLagSeconds: number;
  /** Seconds that the oldest file of an agency waits to be checked for viruses; 0 when none waits. */
  readonly uncheckedFileSeconds: number;
  /** The months of the record, `YYYY-MM`, that should have a partition by now and have none; their entries are kept. */
  readonly recordMonthsMissing: readonly string[];
  /** What browsers refused on pages of the console, yesterday and today by UTC, the most frequent first. */
  readonly contentRefusals: readonly (ContentRefusal & { readonly count: number })[];
  /** Seconds since the last checkpoint of the record; null while none was made. */
  readonly checkpointAgeSeconds: number | null;
  /** Whether the last verification of the record found it as it was written; null before the first. */
  readonly isRecordVerified: boolean | null;
  /** Deliveries of the alerts of the last day, by channel and state. */
  readonly deliveries: readonly { readonly channel: string; readonly state: string; readonly count: number }[];
}

const SILENT_AFTER_SECONDS = 20;
/** One less than are made ahead: at the turn of a month the next is made within an hour. */
const MONTHS_WARNED_OF = MONTHS_AHEAD - 1;

/** Reads the state of the service: for a page, and for the metrics. */
@Injectable()
export class ReadServiceState {
  constructor(private readonly database: Database) {}

  async execute(): Promise<ServiceState> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      const round = await tx.row<NonNullable<ServiceState['round']>>(
        sql`SELECT checked_at AS "checkedAt", holds, findings, canary_fired_at AS "canaryFiredAt",
           canary_lateness_ms AS "canaryLatenessMs", switch_fed_at AS "switchFedAt" FROM watchdog_round`,
      );
      const silentSince = tx.now.subtract({ seconds: SILENT_AFTER_SECONDS });
      return {
        now: tx.now,
        round,
        isSilent: round === null || Temporal.Instant.compare(round.checkedAt, silentSince) < 0,
        figures: await this.figures(tx),
        record: await recordStanding(tx),
      };
    });
  }

  /** @param tx the transaction that asks, if any */
  async figures(tx?: Transaction): Promise<Figures> {
    return tx === undefined ? this.database.as(SERVICE).transaction(figuresOf) : figuresOf(tx);
  }
}

async function figuresOf(tx: Transaction): Promise<Figures> {
  const ages = await tx.row<
    Pick<
      Figures,
      'oldestUnfiredSeconds' | 'ledgerLagSeconds' | 'uncheckedFileSeconds' | 'checkpointAgeSeconds' | 'isRecordVerified'
    >
  >(sql`
    SELECT coalesce(greatest(extract(epoch FROM ${tx.now}::timestamptz - least(
        (SELECT min(fire_at) FROM deadline_step WHERE state = 'waiting' AND urgency = 1),
        (SELECT min(fire_at) FROM deadline_step WHERE state = 'waiting' AND urgency = 2),
        (SELECT min(fire_at) FROM deadline_step WHERE state = 'waiting' AND urgency = 3))), 0), 0)::float8
        AS "oldestUnfiredSeconds",
      coalesce(greatest(extract(epoch FROM ${tx.now}::timestamptz -
        (SELECT min(run_after) FROM job WHERE completed_at IS NULL)), 0), 0)::float8 AS "ledgerLagSeconds",
      coalesce(greatest(extract(epoch FROM ${tx.now}::timestamptz -
        (SELECT min(added_at) FROM attachment WHERE state = 'waiting')), 0), 0)::float8 AS "uncheckedFileSeconds",
      (SELECT extract(epoch FROM ${tx.now}::timestamptz - at)::float8 FROM record_checkpoint) AS "checkpointAgeSeconds",
      (SELECT holds FROM record_verification ORDER BY at DESC LIMIT 1) AS "isRecordVerified"`);
  const deliveries = await tx.rows<Figures['deliveries'][number]>(sql`
    SELECT v.channel, v.state, count(*)::int AS count FROM alert a JOIN delivery v ON v.alert_id = a.id
    WHERE a.fired_at > ${tx.now.subtract({ hours: 24 })} GROUP BY 1, 2 ORDER BY 1, 2`);
  const contentRefusals = await tx.rows<Figures['contentRefusals'][number]>(sql`
    SELECT directive, blocked, page, sum(count)::int AS count FROM content_refusal
    WHERE day >= (${tx.now}::timestamptz AT TIME ZONE 'UTC')::date - 1
    GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT 20`);
  return {
    ...ages!,
    deliveries,
    contentRefusals,
    recordMonthsMissing: await missingRecordMonths(tx, MONTHS_WARNED_OF),
  };
}
