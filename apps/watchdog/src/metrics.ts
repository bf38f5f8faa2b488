import { Injectable } from '@nestjs/common';
import { Database, SERVICE, sql } from '#store';
import { ReadServiceState, ReadWaiting, type Watchdog } from '#watchdog';
import { Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; the finest where the service means to be. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30, 60, 300];

/** The figures of the watchdog, as Prometheus reads them. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly holds = this.gauge('mash_holds', '1 while every invariant holds and the canary comes back');
  private readonly broken = this.gauge('mash_invariant_broken', 'How many rows break an invariant', ['invariant']);
  private readonly oldest = this.gauge('mash_oldest_unfired_seconds', 'Seconds that the oldest due step has waited');
  private readonly lag = this.gauge('mash_ledger_lag_seconds', 'Seconds that the oldest due job has waited');
  private readonly deliveries = this.gauge('mash_deliveries', 'Deliveries of the last day', ['channel', 'state']);
  private readonly months = this.gauge('mash_record_months_missing', 'Months of the record without a partition');
  private readonly refused = this.gauge('mash_content_refusals', 'What browsers refused on pages, yesterday and today');
  private readonly verified = this.gauge(
    'mash_record_verified',
    '1 while the last verification found the record whole',
  );
  private readonly checkpoint = this.gauge('mash_record_checkpoint_age_seconds', 'Seconds since the last checkpoint');
  private readonly unchecked = this.gauge(
    'mash_unchecked_file_age_seconds',
    'How long the oldest file of an agency has waited to be checked for viruses',
  );
  private readonly unclaimed = this.gauge(
    'mash_oldest_unclaimed_seconds',
    'Seconds since the receipt of the oldest referral that awaits its decision and that no person holds',
    ['rating'],
  );
  private readonly jobs = this.gauge('mash_jobs_waiting', 'Background jobs that are to be done, now or later');
  private readonly failing = this.gauge('mash_jobs_failing', 'Background jobs that have failed and are tried again');
  private readonly oldestJob = this.gauge(
    'mash_oldest_job_seconds',
    'How long the oldest job has waited: since it was due, or where it has failed since it was called for',
  );
  private readonly glass = this.gauge(
    'mash_glass_not_reviewed',
    'Restricted records that were opened in an emergency and that no manager has looked at',
  );
  private readonly canary = this.gauge('mash_canary_lateness_seconds', 'Lateness of the last canary');
  private readonly lateness = new Histogram({
    name: 'mash_alert_lateness_seconds',
    help: 'From the instant at which a step was to be fired to its alert, by the clock of the database',
    labelNames: ['rating'],
    buckets: BUCKETS,
    registers: [this.registry],
  });
  private observedUpTo: Temporal.Instant | null = null;

  constructor(
    private readonly database: Database,
    private readonly service: ReadServiceState,
    private readonly waiting: ReadWaiting,
  ) {
    // No figure, until there is one: 0 would say that the record was changed.
    this.verified.remove();
    this.checkpoint.remove();
  }

  /** As Prometheus reads it now: a watchdog that cannot look any more is not content. */
  async scrape({ isContent }: Watchdog): Promise<string> {
    this.holds.set(isContent ? 1 : 0);
    return this.registry.metrics();
  }

  /** After a round of the watchdog's. */
  async observe({ state }: Watchdog): Promise<void> {
    if (state === null) return;
    const figures = await this.service.figures();
    this.broken.reset();
    for (const { invariant, count } of state.findings) this.broken.set({ invariant }, count);
    this.oldest.set(figures.oldestUnfiredSeconds);
    this.lag.set(figures.ledgerLagSeconds);
    this.unchecked.set(figures.uncheckedFileSeconds);
    this.months.set(figures.recordMonthsMissing.length);
    this.refused.set(figures.contentRefusals.reduce((sum, { count }) => sum + count, 0));
    if (figures.isRecordVerified !== null) this.verified.set(figures.isRecordVerified ? 1 : 0);
    if (figures.checkpointAgeSeconds !== null) this.checkpoint.set(figures.checkpointAgeSeconds);
    this.deliveries.reset();
    for (const { channel, state: at, count } of figures.deliveries) this.deliveries.set({ channel, state: at }, count);
    if (state.canary.latenessMs !== null) this.canary.set(state.canary.latenessMs / 1000);
    await this.observeWaiting();
    await this.observeLateness();
  }

  private async observeWaiting(): Promise<void> {
    const { oldestUnclaimedSeconds, ...figures } = await this.waiting.execute();
    for (const [rating, seconds] of Object.entries(oldestUnclaimedSeconds)) this.unclaimed.set({ rating }, seconds);
    this.jobs.set(figures.jobs);
    this.failing.set(figures.failingJobs);
    this.oldestJob.set(figures.oldestJobSeconds);
    this.glass.set(figures.glassNotReviewed);
  }

  /** Each alert once, a few seconds late: by then those that were being committed are there. */
  private async observeLateness(): Promise<void> {
    const upTo = (await this.database.now()).subtract({ seconds: 5 });
    if (this.observedUpTo !== null) {
      const alerts = await this.database.as(SERVICE).transaction((tx) =>
        tx.rows<{
          rating: string;
          seconds: number;
        }>(sql`SELECT a.rating, extract(epoch FROM a.fired_at - s.fire_at)::float8 AS seconds
         FROM alert a JOIN deadline_step s ON s.id = a.id WHERE a.fired_at > ${this.observedUpTo} AND a.fired_at <= ${upTo}`),
      );
      for (const { rating, seconds } of alerts) this.lateness.observe({ rating }, seconds);
    }
    this.observedUpTo = upTo;
  }

  private gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }
}
