import { type LiveAlert, LiveAlerts } from '#alerts';
import { LOG, type Logger } from '#platform';
import { DueSoon, type DueSoonForHolder } from '#work';
import { Inject, Injectable } from '@nestjs/common';

const EVERY_MS = 1_000;
/** Looked at again each time, so that nothing is missed that was being committed; each is told once all the same. */
const OVERLAP_SECONDS = 10;

/** What a page is told: an alert, or that what its person holds is due soon. */
export type Told = LiveAlert | DueSoonForHolder;

type Tell = (told: Told) => void;

/**
 * Tells the open pages of each person the alerts that are for that person, and which of their referrals are due soon.
 * One question a second asks for all people.
 */
@Injectable()
export class AlertStream {
  private readonly pages = new Map<Tell, string>();
  private readonly told = new Map<string, Temporal.Instant>();
  private isLooking = false;
  private from: Temporal.Instant | null = null;
  /** Alerts up to here have been told; null while no person has a page open. */
  lookedUpTo: Temporal.Instant | null = null;

  constructor(
    private readonly live: LiveAlerts,
    private readonly dueSoon: DueSoon,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** @returns ends it */
  open(personId: string, tell: Tell): () => unknown {
    this.pages.set(tell, personId);
    if (!this.isLooking) this.look();
    return () => this.pages.delete(tell);
  }

  /** What these people are told since an instant; asked from a little before, some of it is told again. */
  async since(people: readonly string[], from: Temporal.Instant): Promise<readonly Told[]> {
    return [...(await this.live.since(people, from)), ...(await this.dueSoon.since(people, from))];
  }

  private look(): void {
    this.isLooking = this.pages.size > 0;
    if (!this.isLooking) {
      this.from = null;
      this.lookedUpTo = null;
      return;
    }
    setTimeout(() => {
      this.round()
        .catch((error: unknown) => this.log.warn({ error }, 'live alerts could not be read; they are tried again'))
        .finally(() => this.look());
    }, EVERY_MS).unref();
  }

  private async round(): Promise<void> {
    const now = await this.live.now();
    const from = this.from ?? now.subtract({ seconds: OVERLAP_SECONDS });
    const people = [...new Set(this.pages.values())];
    for (const alert of await this.since(people, from)) {
      const once = `${alert.id} ${alert.recipientId}`;
      if (this.told.has(once)) continue;
      this.told.set(once, alert.firedAt);
      for (const [tell, personId] of this.pages) {
        if (personId === alert.recipientId) tell(alert);
      }
    }
    this.lookedUpTo = now;
    this.from = now.subtract({ seconds: OVERLAP_SECONDS });
    for (const [once, firedAt] of this.told) {
      if (Temporal.Instant.compare(firedAt, this.from) < 0) this.told.delete(once);
    }
  }
}
