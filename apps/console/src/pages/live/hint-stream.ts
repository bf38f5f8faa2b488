import { LOG, type Logger } from '#platform';
import { WhoLooks, type ReferralOnScreens } from '#referrals';
import { QueueCounts, type RecentChange, RecentChanges } from '#work';
import { Inject, Injectable } from '@nestjs/common';

const EVERY_MS = 1_000;
/** Looked at again each time, so that nothing is missed that was being committed; each is told once all the same. */
const OVERLAP_SECONDS = 10;

/** What an open page is told: a hint to look again, never what has changed. */
export type Hint =
  | { readonly event: 'queue'; readonly came: number; readonly changed: number }
  | { readonly event: 'referral'; readonly version: number; readonly looking: ReferralOnScreens['looking'] };

/** What a page is about: the queue, or the referral of a reference. */
export type PageOn = 'queue' | (string & {});

interface OpenPage {
  readonly on: PageOn;
  /** When the page was made: what came or changed before is on it. */
  readonly since: Temporal.Instant;
  readonly tell: (hint: Hint) => void;
  /** Changes that were counted for it, by reference and version. */
  readonly counted: Set<string>;
  came: number;
  /** The last state of its referral that it was told of. */
  last: string;
}

/** Hints to open pages that the queue or their referral has changed, and who else looks. Asked once a second for all of them together. */
@Injectable()
export class HintStream {
  private readonly pages = new Set<OpenPage>();
  private isLooking = false;

  constructor(
    private readonly changes: RecentChanges,
    private readonly whoLooks: WhoLooks,
    private readonly counts: QueueCounts,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * @param since when the page was made
   * @returns ends it
   */
  open(on: PageOn, since: Temporal.Instant, tell: OpenPage['tell']): () => unknown {
    const page: OpenPage = { on, since, tell, counted: new Set(), came: 0, last: '' };
    this.pages.add(page);
    if (!this.isLooking) this.look();
    return () => this.pages.delete(page);
  }

  private look(): void {
    this.isLooking = this.pages.size > 0;
    if (!this.isLooking) return;
    setTimeout(() => {
      Promise.all([this.tellQueues(), this.tellReferrals()])
        .catch((error: unknown) => this.log.warn({ error }, 'changes could not be read; they are tried again'))
        .finally(() => this.look());
    }, EVERY_MS).unref();
  }

  private async tellQueues(): Promise<void> {
    const queues = [...this.pages].filter(({ on }) => on === 'queue');
    if (queues.length === 0) return;
    const recently = (await this.changes.now()).subtract({ seconds: OVERLAP_SECONDS });
    // A page that has been looked for once needs no more than what is recent.
    const from = queues
      .filter(({ last }) => last === '')
      .reduce((earliest, { since }) => (Temporal.Instant.compare(since, earliest) < 0 ? since : earliest), recently);
    const found = await this.changes.since(from);
    const told = queues.filter((page) => {
      page.last = 'looked for';
      return count(page, found);
    });
    // A person who looks again because of the hint finds it in the counts too.
    if (told.length > 0) this.counts.drop();
    for (const page of told) page.tell({ event: 'queue', came: page.came, changed: page.counted.size - page.came });
  }

  private async tellReferrals(): Promise<void> {
    const references = [...new Set([...this.pages].map(({ on }) => on))].filter((on) => on !== 'queue');
    if (references.length === 0) return;
    for (const { reference, version, looking } of await this.whoLooks.at(references)) {
      for (const page of this.pages) {
        if (page.on !== reference) continue;
        const state = JSON.stringify([version, looking]);
        if (page.last !== state) page.tell({ event: 'referral', version, looking });
        page.last = state;
      }
    }
  }
}

/** It came since: no person has done anything to it yet. */
export function isNewSince(since: Temporal.Instant, { version, receivedAt }: RecentChange): boolean {
  return version === 1 && Temporal.Instant.compare(receivedAt, since) > 0;
}

/** @returns whether there is anything that was not counted before */
function count(page: OpenPage, changes: readonly RecentChange[]): boolean {
  const before = page.counted.size;
  for (const change of changes) {
    const { reference, version, changedAt } = change;
    const once = `${reference} ${version}`;
    if (Temporal.Instant.compare(changedAt, page.since) <= 0 || page.counted.has(once)) continue;
    page.counted.add(once);
    if (isNewSince(page.since, change)) page.came++;
  }
  return page.counted.size > before;
}
