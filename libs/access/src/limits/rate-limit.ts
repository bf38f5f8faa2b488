import { RateLimiterMemory, RateLimiterRes, type RateLimiterStoreAbstract } from 'rate-limiter-flexible';
import { withTimeout } from '#platform';
import { allDone, Gathered } from '#store';
import type { LimitPolicy, LimitStore } from './limit-store.ts';

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
  private readonly shared: RateLimiterStoreAbstract;
  private readonly own: RateLimiterMemory;
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
    this.shared = store.limiter(policy);
    this.own = new RateLimiterMemory({ keyPrefix: policy.name, points: policy.points, duration: policy.seconds });
  }

  /** Counts one request of a caller. */
  async count(caller: string): Promise<Standing> {
    // Counted here too, so that this process knows what it has let through when the store goes away.
    const [own] = await this.counted(this.own.consume(caller), 1);
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

  /**
   * Counts the requests that came at the same time, those of one caller in one question.
   *
   * @returns null for those for which the store does not answer in time
   */
  private async countShared(callers: readonly string[]): Promise<readonly (Standing | null)[]> {
    const standings = new Map<string, Standing[]>();
    const count = async (caller: string, requests: number) =>
      standings.set(
        caller,
        await withTimeout(this.counted(this.shared.consume(caller, requests), requests), ANSWER_WITHIN_MS),
      );
    if (this.store.isThere) {
      const each = [...Map.groupBy(callers, (caller) => caller)];
      const asked = await Promise.allSettled(each.map(([caller, { length }]) => count(caller, length)));
      if (asked.some(({ status }) => status === 'rejected')) this.store.isAway();
    }
    return callers.map((caller) => standings.get(caller)?.shift() ?? null);
  }

  /** How each of these requests stands, in their order. The library rejects with how a caller stands who is over the limit. */
  private async counted(counting: Promise<RateLimiterRes>, requests: number): Promise<Standing[]> {
    try {
      return this.standings(await counting, requests);
    } catch (error) {
      if (error instanceof RateLimiterRes) return this.standings(error, requests);
      throw error;
    }
  }

  private standings({ consumedPoints, msBeforeNext }: RateLimiterRes, requests: number): Standing[] {
    const { points } = this.policy;
    // The library says 0 of a caller whom it remembers as over the limit.
    const consumed = consumedPoints === 0 ? Infinity : consumedPoints;
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    return Array.from({ length: requests }, (_, index) => {
      const remaining = points - (consumed - requests + index + 1);
      return { isOver: remaining < 0, remaining: Math.max(0, remaining), seconds };
    });
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
