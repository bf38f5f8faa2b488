import { RateLimiterMemory } from 'rate-limiter-flexible';
import { withTimeout } from '#platform';
import { allDone, Gathered } from '#store';
import { CountsByLibrary, type Counted, type Counts, type LimitPolicy } from './counts.ts';
import type { LimitStore } from './limit-store.ts';

/** How a caller stands. */
export interface Standing {
  readonly isOver: boolean;
  /** Requests that they have left. */
  readonly remaining: number;
  /** Seconds until they have all of them again. */
  readonly seconds: number;
}

const ANSWER_WITHIN_MS = 100;
/** Requests that are counted in one go. */
const MOST = 64;

/**
 * One limit, counted by all processes together. While their store is away each process counts for itself: a store that
 * is away refuses no request, and slows one a second by a tenth of a second.
 */
export class RateLimit {
  private readonly shared: Counts;
  private readonly own: Counts;
  private readonly over = new Map<string, number>();
  private readonly counting = new Gathered<string, Standing | null>(
    async (callers) => allDone(await this.countShared(callers)),
    MOST,
    1,
  );

  constructor(
    private readonly store: LimitStore,
    readonly policy: LimitPolicy,
  ) {
    this.shared = store.counts(policy);
    const { name: keyPrefix, points, seconds: duration } = policy;
    this.own = new CountsByLibrary(new RateLimiterMemory({ keyPrefix, points, duration }));
  }

  /** Counts one request of a caller. */
  async count(caller: string): Promise<Standing> {
    // Counted here too, so that this process knows what it has let through when the store goes away.
    const [own] = await this.standings(this.own, [caller]);
    const found = (await this.counting.ask(caller)) ?? own!;
    if (found.isOver) this.remember(caller, found.seconds * 1_000);
    return found;
  }

  /** How a caller stands who was over the limit when they were counted last; null for any other. Asks no store. */
  known(caller: string): Standing | null {
    const ms = (this.over.get(caller) ?? 0) - performance.now();
    if (ms > 0) return { isOver: true, remaining: 0, seconds: Math.ceil(ms / 1_000) };
    this.over.delete(caller);
    return null;
  }

  private remember(caller: string, ms: number): void {
    if (this.over.size > 10_000) this.over.clear();
    this.over.set(caller, performance.now() + ms);
  }

  /** @returns null for each when the store does not answer in time */
  private async countShared(callers: readonly string[]): Promise<readonly (Standing | null)[]> {
    if (this.store.isThere) {
      try {
        return await withTimeout(this.standings(this.shared, callers), ANSWER_WITHIN_MS);
      } catch {
        this.store.isAway();
      }
    }
    return callers.map(() => null);
  }

  /** How each of these requests stands, in their order. */
  private async standings(counts: Counts, callers: readonly string[]): Promise<readonly Standing[]> {
    const left = new Map([...Map.groupBy(callers, (caller) => caller)].map(([caller, { length }]) => [caller, length]));
    const counted = await counts.count(left);
    return callers.map((caller) => {
      const after = left.get(caller)! - 1;
      left.set(caller, after);
      return this.standing(counted.get(caller)!, after);
    });
  }

  /** @param after how many of the requests that were counted came after this one */
  private standing({ requests, ms }: Counted, after: number): Standing {
    const remaining = this.policy.points - (requests - after);
    return {
      isOver: remaining < 0,
      remaining: Math.max(0, remaining),
      seconds: Math.max(1, Math.ceil(ms / 1_000)),
    };
  }
}

/**
 * The headers that tell a caller how they stand, by the draft of the IETF (draft-ietf-httpapi-ratelimit-headers-10).
 */
export function limitHeaders({ name, points, seconds: window }: LimitPolicy, { isOver, remaining, seconds }: Standing) {
  return {
    'RateLimit-Policy': `"${name}";q=${points};w=${window}`,
    RateLimit: `"${name}";r=${remaining};t=${seconds}`,
    ...(isOver && { 'Retry-After': String(seconds) }),
  };
}
