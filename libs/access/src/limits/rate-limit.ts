import { RateLimiterMemory, RateLimiterRes, type RateLimiterStoreAbstract } from 'rate-limiter-flexible';
import { withTimeout } from '#platform';
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

/**
 * One limit, counted by all processes together. While their store is away each process counts for itself: a store that
 * is away refuses no request, and slows one a second by a tenth of a second.
 */
export class RateLimit {
  private readonly shared: RateLimiterStoreAbstract;
  private readonly own: RateLimiterMemory;
  private readonly over = new Map<string, number>();

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
    const own = await counted(this.own.consume(caller));
    const found = this.store.isThere ? ((await this.countShared(caller)) ?? own) : own;
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

  /** @returns null when the store does not answer in time */
  private async countShared(caller: string): Promise<Standing | null> {
    try {
      return await withTimeout(counted(this.shared.consume(caller)), ANSWER_WITHIN_MS);
    } catch {
      this.store.isAway();
      return null;
    }
  }
}

/** The library rejects with how a caller stands who is over the limit. */
async function counted(counting: Promise<RateLimiterRes>): Promise<Standing> {
  try {
    return standing(await counting, false);
  } catch (error) {
    if (error instanceof RateLimiterRes) return standing(error, true);
    throw error;
  }
}

function standing({ remainingPoints, msBeforeNext }: RateLimiterRes, isOver: boolean): Standing {
  return { isOver, remaining: isOver ? 0 : remainingPoints, seconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)) };
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
